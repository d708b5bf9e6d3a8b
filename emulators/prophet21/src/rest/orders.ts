import { ok } from '../answers.js';
import type { Call } from '../call.js';
import { objectOf } from '../call.js';
import type { Row } from '../store.js';
import { tables } from '../tables/index.js';
import { linesOf, saveOrder } from '../transaction/services/orders.js';
import { familyRoutes, notFound } from './family.js';
import { columnsIn, objectFrom } from './properties.js';

/** Names of the REST family that differ from the columns: docs/reference/prophet21.md section 7.3 [verified]. */
const renamed: Readonly<Record<string, string>> = { LocationId: 'sales_loc_id', SourceLocId: 'source_loc_id', TermsId: 'terms' };

/** An order as it is answered: children are null unless `extendedproperties=*` asks for them (section 6 [verified]). */
function shown(row: Readonly<Row>, call: Call): object {
  const wants = call.query.get('extendedproperties') === '*';
  const lines = wants ? { list: linesOf(String(row.order_no), call).map((line) => objectFrom(tables.oeLine, line)) } : null;
  return { ...objectFrom(tables.oeHdr, row), Lines: lines, UserDefinedFields: {}, ObjectName: 'oe_hdr' };
}

const textsOf = (columns: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, jsonText(value)]));

function jsonText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** `POST /api/sales/orders/`: section 7.3 [verified names]; that it answers the order is assumed. Lines with equal items stay two (assumed). */
function post(call: Call) {
  const given = objectOf(call.body);
  const own = Object.entries(renamed).flatMap(([name, column]) => (given[name] === undefined ? [] : [[column, given[name]] as const]));
  const header = textsOf({ ...columnsIn(tables.oeHdr, given), ...Object.fromEntries(own) });
  const { company_id: _company, ...rest } = header;
  const list = given.Lines === undefined ? [] : objectOf(given.Lines).list;
  const lines = (Array.isArray(list) ? list : []).map((line) => textsOf(columnsIn(tables.oeLine, objectOf(line))));
  const order = saveOrder({ header: rest, lines, lineKeys: [], rma: false }, call);
  return ok(shown(order, call), 'Order');
}

/** `/api/sales/orders`. */
export const salesOrderRoutes = familyRoutes({
  name: 'sales/orders',
  table: tables.oeHdr,
  element: 'Order',
  ping: true,
  shown,
  one(call) {
    const key = call.args[0] ?? '';
    const row = call.transaction.row('oe_hdr', key);
    if (!row) throw notFound(key);
    return ok(shown(row, call), 'Order');
  },
  post,
});

/** `/api/inventory/parts/{ItemId}`: section 7.2 [verified path]. */
export const partRoutes = familyRoutes({
  name: 'inventory/parts',
  table: tables.invMast,
  element: 'Part',
  ping: true,
  shown: (row) => objectFrom(tables.invMast, row),
  one(call) {
    const key = call.args[0] ?? '';
    const row = call.transaction.rows('inv_mast').find(({ item_id: id }) => id === key);
    if (!row) throw notFound(key);
    return ok(objectFrom(tables.invMast, row), 'Part');
  },
});
