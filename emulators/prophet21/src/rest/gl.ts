import { ok, P21Error } from '../answers.js';
import type { Call } from '../call.js';
import { objectOf } from '../call.js';
import { homeCurrencyId } from '../ledger/currencies.js';
import { postEntry } from '../ledger/entry.js';
import { manualSource } from '../ledger/sources.js';
import { columnsOf } from '../rows.js';
import type { Row } from '../store.js';
import { tables } from '../tables/index.js';
import { familyRoutes } from './family.js';
import { columnsIn, objectFrom } from './properties.js';

/** A line as it is answered: `Approved` is true or false here and Y or N in the table (section 14 [verified]). */
function shown(row: Readonly<Row>): object {
  return { ...objectFrom(tables.gl, row), Approved: row.approved === 'Y', UserDefinedFields: {}, ObjectName: 'gl' };
}

const needed = ['company_no', 'account_number', 'period', 'year_for_period', 'journal_id', 'amount', 'transaction_date'] as const;

/**
 * A line of the array. Without `CurrencyId` it is in home currency, and `ForeignAmount` is the amount; in another currency it has to be
 * given. All of that, and which columns are needed, is assumed: the source posted in home currency only.
 */
function lineOf(given: unknown, call: Call): Row {
  const columns = columnsOf(tables.gl, columnsIn(tables.gl, objectOf(given)));
  const missing = needed.find((name) => columns[name] === undefined || columns[name] === null || columns[name] === '');
  if (missing !== undefined) throw new P21Error('business', `${missing} is required.`);
  const { transaction } = call;
  const home = homeCurrencyId(call);
  const currency = columns.currency_id ?? home;
  if (!transaction.row('currency_hdr', String(currency))) throw new P21Error('business', `Currency ${String(currency)} is not valid.`);
  if (currency !== home && columns.foreign_amount === undefined) throw new P21Error('business', 'foreign_amount is required.');
  return { source: '', description: '', foreign_amount: columns.amount ?? 0, ...columns, currency_id: currency };
}

/** `POST /api/accounting/gl/`: one array is one entry, posted at once, 500 when it does not balance: section 7.7 [verified]. */
function post(call: Call) {
  if (!Array.isArray(call.body)) throw new P21Error('badRequest', 'The request body is not a JSON array.');
  const lines = call.body.map((line) => lineOf(line, call));
  return ok(postEntry(lines, manualSource, call).map(shown), 'Gl');
}

/** Every line of a transaction; 200 and `[]` for a number that is not there: section 7.7 [verified]. */
function one(call: Call) {
  const number = Number(call.args[0]);
  return ok(
    call.transaction
      .rows('gl')
      .filter((row) => row.transaction_number === number)
      .map(shown),
    'Gl',
  );
}

/** `/api/accounting/gl`. */
export const glRoutes = familyRoutes({ name: 'accounting/gl', table: tables.gl, element: 'Gl', ping: true, shown, one, post });
