import { P21Error } from '../../answers.js';
import type { Call } from '../../call.js';
import { datetime, text } from '../../columns.js';
import { salesAccounts } from '../../ledger/sources.js';
import { update } from '../../rows.js';
import { tables } from '../../tables/index.js';
import type { ElementDefinition, Given, Saved, ServiceDefinition } from '../definition.js';
import { fieldsOf } from '../definition.js';
import { makeInvoice } from './invoice.js';
import { extended, invoiceColumns, linesOf, saveOrder } from './orders.js';
import { customerOf, dayOf, needed } from './records.js';

const form = 'TABPAGE_1.order';
const list = 'TP_ITEMS.items';
const shipping = 'TABPAGE_1.shipping';
const headFields = [
  ...(['order_no', 'company_id', 'customer_id', 'sales_loc_id', 'source_loc_id', 'ship_to_id', 'contact_id', 'order_date'] as const),
  ...(['requested_date', 'promise_date', 'po_no', 'web_reference_no', 'taker', 'class_1id'] as const),
];

/** Elements: docs/reference/prophet21.md section 7.3 [verified]; company_id is disabled [verified]; the other fields of lines are assumed. */
const elements: readonly ElementDefinition[] = [
  {
    name: form,
    type: 'Form',
    keys: ['order_no'],
    fields: fieldsOf(tables.oeHdr, headFields),
    disabled: ['company_id'],
  },
  {
    name: list,
    type: 'List',
    keys: ['oe_order_item_id'],
    fields: fieldsOf(tables.oeLine, ['oe_order_item_id=item_id', 'unit_quantity', 'user_line_no', 'unit_of_measure', 'unit_price']),
  },
];

function save(rma: boolean, given: Given, call: Call): Saved {
  const order = saveOrder({ header: given.form(form), lines: given.list(list), lineKeys: given.keysOf(list), rma }, call);
  if (rma) invoiceOrder(String(order.order_no), order.order_date, -1n, call);
  return { [form]: { order_no: String(order.order_no) } };
}

/** Makes the invoice of an order, or the credit memo of an RMA, of what is on its lines; without lines there is none yet. */
function invoiceOrder(orderNo: string, day: unknown, sign: 1n | -1n, call: Call): string | undefined {
  const order = call.transaction.row('oe_hdr', orderNo);
  const lines = linesOf(orderNo, call);
  if (!order || lines.length === 0) return undefined;
  if (order.completed === 'Y') throw new P21Error('business', `Order ${orderNo} is completed.`);
  const account = sign === 1n ? salesAccounts.revenue : salesAccounts.returns;
  const columns = { order_no: orderNo, po_no: order.po_no ?? null, invoice_type: sign === 1n ? 'IN' : 'CM' };
  const row = makeInvoice(
    {
      customer: customerOf(String(order.customer_id), call),
      day: dayOf(String(day), call),
      columns,
      lines: lines.map((line) => ({ account, amount: extended(line), columns: invoiceColumns(line) })),
      sign,
    },
    call,
  );
  update(tables.oeHdr, order, { completed: 'Y' }, call);
  return String(row.invoice_no);
}

/** Order Entry. */
export const orderService: ServiceDefinition = { name: 'Order', elements, save: (given, call) => save(false, given, call) };

/**
 * Returns: the form of the order (section 7.6 [verified]). That it is received when it is saved with lines, which makes the document below
 * zero, is assumed: the reference says that the receipt makes it, and not which call that is.
 */
export const rmaService: ServiceDefinition = { name: 'RMA', elements, save: (given, call) => save(true, given, call) };

/** Shipping confirms an order, which makes its invoice: section 7.4 [verified name; elements and flow assumed]. */
export const shippingService: ServiceDefinition = {
  name: 'Shipping',
  elements: [{ name: shipping, type: 'Form', keys: ['order_no'], fields: { order_no: text(8), ship_date: datetime } }],
  save(given, call) {
    const { ship_date: day, ...row } = given.form(shipping);
    const orderNo = needed(row, 'order_no');
    const invoiceNo = invoiceOrder(orderNo, dayOf(day, call), 1n, call);
    if (invoiceNo === undefined) throw new P21Error('business', `Order ${orderNo} is not valid, or has no lines.`);
    return { [shipping]: { order_no: orderNo, invoice_no: invoiceNo } };
  },
};
