import type { Table } from '../columns.js';
import { amount, datetime, flag, id, int, maintained, text } from '../columns.js';

/**
 * Invoices; credit memos and unapplied cash carry a negative total: docs/reference/prophet21.md sections 5 and 7.6 [verified columns and
 * signs]; lengths: section 14. That unapplied cash is such a row is assumed.
 */
export const invoiceHdr: Table = {
  name: 'invoice_hdr',
  key: ['invoice_no'],
  columns: {
    invoice_no: text(10),
    order_no: text(8),
    company_no: text(8),
    customer_id: text(12),
    customer_id_number: id,
    invoice_date: datetime,
    po_no: text(255),
    period: id,
    year_for_period: id,
    invoice_type: text(2),
    total_amount: amount,
    amount_paid: amount,
    terms_taken: amount,
    allowed: amount,
    memo_amount: amount,
    tax_amount: amount,
    total_amount_home: amount,
    amount_paid_home: amount,
    paid_in_full_flag: flag(),
    paid_by_check_no: id,
    date_paid: datetime,
    period_fully_paid: id,
    year_fully_paid: id,
    net_due_date: datetime,
    terms_id: text(2),
    currency_id: id,
    ar_account_no: text(32),
    external_reference_no: text(255),
    invoice_reference_no: text(10),
    invoice_adjustment_type: text(1),
    invoice_desc: text(255),
    record_type_cd: int,
    approved: flag('Y'),
    ...maintained,
  },
};

/** Lines of invoices: names assumed but for unit_price and extended_price (section 14). */
export const invoiceLine: Table = {
  name: 'invoice_line',
  key: ['invoice_no', 'line_no'],
  columns: {
    invoice_no: text(10),
    line_no: id,
    company_no: text(8),
    item_id: text(40),
    item_desc: text(255),
    qty_shipped: amount,
    unit_price: amount,
    extended_price: amount,
    gl_revenue_account_no: text(32),
    ...maintained,
  },
};

/** Payments as the customer made them: section 14 [verified columns and lengths]. */
export const arPaymentDetails: Table = {
  name: 'ar_payment_details',
  key: ['payment_number'],
  columns: {
    payment_number: id,
    payment_type_id: id,
    payment_desc: text(60),
    payment_date: datetime,
    payment_amount: amount,
    terms_amount: amount,
    allowed_amount: amount,
    memo_amount: amount,
    check_number: text(30),
    period: id,
    year_for_period: id,
    deposit_number: text(40),
    payment_account_id: text(255),
    cc_refund_parent_payment_no: id,
    currency_variance_amt_home: amount,
    multi_currency_id: int,
    delete_flag: flag(),
    ...maintained,
  },
};

/** Receipts of payments: section 14 [verified columns]. That one receipt has one payment is assumed. */
export const arReceipts: Table = {
  name: 'ar_receipts',
  key: ['receipt_number'],
  columns: {
    receipt_number: id,
    payment_number: id,
    company_id: text(8),
    remitter_id: id,
    date_received: datetime,
    bank_no: id,
    gl_bank_account_no: text(32),
    ar_account_no: text(32),
    approved: flag('Y'),
    reverse_payment_flag: flag(),
    delete_flag: flag(),
    ...maintained,
  },
};

/** What a receipt pays: section 14 [verified columns]. */
export const arReceiptsDetail: Table = {
  name: 'ar_receipts_detail',
  key: ['receipt_number', 'invoice_no'],
  columns: {
    receipt_number: id,
    invoice_no: text(10),
    customer_id: id,
    company_id: text(8),
    payment_amount: amount,
    terms_amount: amount,
    allowed_amount: amount,
    currency_variance_amt_home: amount,
    delete_flag: flag(),
    ...maintained,
  },
};
