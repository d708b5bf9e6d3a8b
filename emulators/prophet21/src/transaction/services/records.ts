import { P21Error } from '../../answers.js';
import type { Call } from '../../call.js';
import type { Row, Value } from '../../store.js';

/** A field that has to be there. @throws {P21Error}: the text is that of section 7.3 [verified], which names no column. */
export function needed(row: Readonly<Record<string, string>>, name: string): string {
  const value = row[name];
  if (value === undefined || value === '') throw new P21Error('business', 'This column is required.');
  return value;
}

/** A customer of the company by its number. @throws {P21Error} (text assumed) for one that is not there, or is marked as deleted where the site refuses that. */
export function customerOf(number: string, { transaction, config }: Call): Row {
  const row = transaction.row('customer', `${config.company}~${number}`);
  if (!row || (row.delete_flag === 'Y' && config.deletedCustomer === 'refuse'))
    throw new P21Error('business', `Customer ID ${number} is not valid.`);
  return row;
}

/** The day of a field, or today; windows default to today (assumed). */
export function dayOf(given: string | undefined, { nowMs }: Call): Value {
  const [, month, day, year] = /^(\d\d)\/(\d\d)\/(\d{4})/.exec(given ?? '') ?? [];
  if (month) return `${year}-${month}-${day}T00:00:00`;
  const text = given || new Date(nowMs).toISOString();
  return `${text.slice(0, 'YYYY-MM-DD'.length)}T00:00:00`;
}
