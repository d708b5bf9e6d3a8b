import type { ErpDocumentShape, ErpField } from '@tributary/contracts';
import { custom, day, lineKey, number, postingKey, required, text, userDefined } from './fields.js';

const invoices = 'docs/reference/epicor-kinetic.md section 6.4';
const head = (maxLength: number, description: string): ErpField =>
  text(maxLength, description, `${invoices}; length assumed, check $metadata`);

/** The header of an invoice (InvcHead). */
const headFields: ErpDocumentShape['fields'] = {
  CustNum: number('Number of the customer; from the posting of the customer. Either this or CashHeadNum.'),
  CashGroupID: {
    ...text(9, 'Group of a receipt of the same customer, for a guest whom only the receipt names; from the posting of the receipt.'),
    destination: 'the search for the customer',
  },
  CashHeadNum: { ...number('Number of that receipt.'), destination: 'the search for the customer' },
  InvoiceType: required(text(3, '`Mis`: an invoice that no shipment made.')),
  CreditMemo: {
    type: 'boolean',
    required: true,
    description: 'Credit memo instead of an invoice; cannot be changed later.',
    source: `${invoices}, 6.6`,
  },
  InvoiceDate: required(day('Date of the invoice.', invoices)),
  ApplyDate: required(day('Date on which it reaches the ledger; also of its group.', invoices)),
  TermsCode: required(head(4, 'Payment terms.')),
  CurrencyCode: required(text(4, 'Document currency.')),
  PONum: text(50, 'Order number of the customer.'),
  XRefInvoiceNum: head(50, 'Invoice number in another system.'),
  ExternalID: text(20, 'Short form of the posting key, by which the document is found again (I3).'),
  Description: head(30, 'Description of its entries in the general ledger.'),
  InvoiceComment: head(1_000, 'Text for people.'),
  StripeRefundID_c: userDefined('Id of the Stripe refund.'),
  StripeChargeID_c: userDefined('Id of the Stripe charge.'),
  StripePostingKey_c: postingKey,
};

/** Lines and their accounts (InvcDtl, InvcDtlTGLC). */
const lines: NonNullable<ErpDocumentShape['lines']> = {
  InvcDtl: {
    PartNum: text(50, 'Item; need not be known to Kinetic.'),
    LineDesc: required(head(1_000, 'What the line is for.')),
    SellingShipQty: required({ type: 'decimal', digits: [14, 8], description: 'Quantity.', source: invoices }),
    SalesUM: text(6, 'Unit of the quantity.'),
    DocUnitPrice: required({
      type: 'decimal',
      digits: [12, 5],
      description: 'Price of one unit in document currency; positive also in a credit memo.',
      source: 'docs/reference/epicor-kinetic.md sections 4.4 and 6.4',
    }),
    TaxCatID: head(10, 'Tax category.'),
    ProdCode: head(8, 'Product group.'),
    StripeLineKey_c: lineKey,
  },
  InvcDtlTGLC: {
    GLAccount: required(
      text(
        200,
        'Account that the line is posted to. It belongs to the line with the same key, else to the line before it.',
        `${invoices}; its use assumed`,
      ),
    ),
  },
};

/** An invoice of what was sold. */
export const invoiceShape: ErpDocumentShape = { name: 'epicor-kinetic/invoice', kind: 'invoice', fields: headFields, lines, custom };

/** What is taken off the account of a customer. */
export const creditMemoShape: ErpDocumentShape = {
  name: 'epicor-kinetic/credit-memo',
  kind: 'credit-memo',
  fields: {
    ...headFields,
    CMReason: text(10, 'Reason code.', `${invoices}; length assumed, check $metadata`),
    InvoiceRef: number('The invoice that is credited; says nothing about balances.'),
  },
  lines,
  custom,
};

/** Money that left the clearing account for a customer: an invoice whose line is posted to that account. */
export const refundPaymentShape: ErpDocumentShape = {
  name: 'epicor-kinetic/refund-payment',
  kind: 'refund-payment',
  fields: headFields,
  lines,
  custom,
};
