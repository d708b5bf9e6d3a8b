import type { Table } from '../columns.js';
import { amount, datetime, flag, id, int, maintained, text } from '../columns.js';

/** Orders and RMAs: docs/reference/prophet21.md section 5 [verified columns]; lengths: section 14. */
export const oeHdr: Table = {
  name: 'oe_hdr',
  key: ['order_no'],
  columns: {
    order_no: text(8),
    oe_hdr_uid: int,
    company_id: text(8),
    customer_id: id,
    ship_to_id: id,
    contact_id: text(16),
    sales_loc_id: id,
    source_loc_id: id,
    po_no: text(50),
    web_reference_no: text(255),
    web_shopper_email: text(255),
    ship2_email_address: text(255),
    class_1id: text(255),
    taker: text(30),
    terms: text(2),
    approved: flag('Y'),
    completed: flag(),
    cancel_flag: flag(),
    rma_flag: flag(),
    credit_card_hold: flag(),
    order_date: datetime,
    requested_date: datetime,
    promise_date: datetime,
    delete_flag: flag(),
    ...maintained,
  },
};

/** Lines of orders: section 5 [verified columns]. `oe_order_item_id` is the key of the list in the window (section 4). */
export const oeLine: Table = {
  name: 'oe_line',
  key: ['order_no', 'line_no'],
  columns: {
    order_no: text(8),
    line_no: id,
    user_line_no: id,
    company_no: text(8),
    item_id: text(40),
    item_desc: text(255),
    unit_quantity: amount,
    qty_ordered: amount,
    qty_canceled: amount,
    unit_of_measure: text(8),
    unit_price: amount,
    unit_price_home: amount,
    cancel_flag: flag(),
    delete_flag: flag(),
    ...maintained,
  },
};

/** Which payment belongs to which order: section 14 [verified]. */
export const remittances: Table = {
  name: 'remittances',
  key: ['order_no', 'payment_number'],
  columns: { order_no: text(8), payment_number: id, delete_flag: flag(), ...maintained },
};
