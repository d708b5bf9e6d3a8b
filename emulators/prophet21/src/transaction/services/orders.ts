import { P21Error } from '../../answers.js';
import type { Call } from '../../call.js';
import { amountColumn, amountOf } from '../../ledger/money.js';
import { columnsOf, insert, numberOf, update } from '../../rows.js';
import type { Row } from '../../store.js';
import { tables } from '../../tables/index.js';
import { customerOf, dayOf, needed } from './records.js';

const firstOrderNo = 1_013_938;

/** An order as it is given: values by column, lines, and the columns by which lines are the same. */
export interface OrderInput {
  readonly header: Readonly<Record<string, string>>;
  readonly lines: readonly Readonly<Record<string, string>>[];
  readonly lineKeys: readonly string[];
  readonly rma: boolean;
}

/**
 * What Order Entry refuses: docs/reference/prophet21.md section 7.3 [verified texts; that of the tax and of the dates in part, the rest of
 * them assumed].
 */
function checkHeader(header: Readonly<Record<string, string>>, rma: boolean, call: Call): void {
  if (rma) return;
  needed(header, 'ship_to_id');
  if (!header.source_loc_id) throw new P21Error('business', 'Jurisdiction ID for Order Header Tax is required.');
  const [ordered, requested] = [dayOf(header.order_date, call), dayOf(header.requested_date, call)];
  if (header.requested_date && String(requested) <= String(ordered))
    throw new P21Error('business', 'Requested date must be after the order date.');
}

function existing({ header, rma }: OrderInput, { transaction }: Call): Row | undefined {
  const before = header.order_no ? transaction.row('oe_hdr', header.order_no) : undefined;
  if (before && !rma && before.rma_flag === 'Y')
    throw new P21Error('business', 'You cannot retrieve an RMA from the Order Entry/Front Counter window');
  return before;
}

/** Stores an order or RMA, a new one or the one with that number (section 4: a key value makes an upsert [verified]). */
export function saveOrder(input: OrderInput, call: Call): Row {
  const { header, rma } = input;
  const before = existing(input, call);
  const columns = columnsOf(tables.oeHdr, header);
  if (before) {
    const row = update(tables.oeHdr, before, columns, call);
    saveLines(row, input, call);
    return row;
  }
  const customer = customerOf(needed(header, 'customer_id'), call);
  checkHeader(header, rma, call);
  const number = call.transaction.next('order_no', firstOrderNo);
  const own = { order_no: String(number), oe_hdr_uid: number, company_id: customer.company_id ?? null, rma_flag: rma ? 'Y' : 'N' };
  const dates = {
    order_date: dayOf(header.order_date, call),
    requested_date: header.requested_date ? dayOf(header.requested_date, call) : null,
  };
  const row = insert(tables.oeHdr, { terms: customer.terms_id ?? null, ...columns, ...own, ...dates }, call);
  saveLines(row, input, call);
  return row;
}

function saveLines(order: Row, { lines, lineKeys }: OrderInput, call: Call): void {
  const names = lineKeys.map((name) => (name === 'oe_order_item_id' ? 'item_id' : name));
  for (const given of lines) {
    const { oe_order_item_id, ...rest } = given;
    const columns = columnsOf(tables.oeLine, { ...(oe_order_item_id === undefined ? {} : { item_id: oe_order_item_id }), ...rest });
    const all = linesOf(String(order.order_no), call);
    const same = names.length === 0 ? undefined : all.find((line) => names.every((name) => String(line[name]) === String(columns[name])));
    if (same) update(tables.oeLine, same, columns, call);
    else addLine(order, all.length + 1, columns, call);
  }
}

function addLine(order: Row, line_no: number, columns: Row, call: Call): void {
  const item = call.transaction.rows('inv_mast').find((row) => row.item_id === columns.item_id && row.delete_flag === 'N');
  if (!item) throw new P21Error('business', `Item ID ${String(columns.item_id ?? '')} is not valid.`);
  const quantity = columns.unit_quantity ?? 0;
  const of = { order_no: order.order_no ?? null, line_no, company_no: order.company_id ?? null, item_desc: item.item_desc ?? null };
  const price = columns.unit_price ?? item.price1 ?? 0;
  insert(
    tables.oeLine,
    { user_line_no: line_no, ...columns, ...of, qty_ordered: quantity, unit_price: price, unit_price_home: price },
    call,
  );
}

/** The lines of an order, in their order. */
export function linesOf(orderNo: string, { transaction }: Pick<Call, 'transaction'>): Row[] {
  const rows = transaction.rows('oe_line').filter((line) => line.order_no === orderNo && line.cancel_flag !== 'Y');
  return rows.map((row) => ({ ...row })).sort((a, b) => numberOf(a.line_no) - numberOf(b.line_no));
}

/** Quantity times price of a line, ten-thousandths. */
export function extended(line: Readonly<Row>): bigint {
  const unit = amountOf(1);
  return (amountOf(line.unit_quantity) * amountOf(line.unit_price)) / unit;
}

/** A line of an order as one of an invoice. */
export function invoiceColumns(line: Readonly<Row>): Row {
  const { item_id, item_desc, unit_quantity, unit_price } = line;
  return {
    item_id: item_id ?? null,
    item_desc: item_desc ?? null,
    qty_shipped: unit_quantity ?? 0,
    unit_price: unit_price ?? amountColumn(0n),
  };
}
