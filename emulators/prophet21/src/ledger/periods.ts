import { P21Error } from '../answers.js';
import type { Call } from '../call.js';
import { numberOf } from '../rows.js';
import type { Row, Value } from '../store.js';

/** Year and number of the period of a day: calendar months of the one fiscal calendar (assumed). */
export function periodOf(day: Value | undefined): { readonly year: number; readonly period: number } {
  const text = String(day);
  return { year: Number(text.slice(0, 4)), period: Number(text.slice('YYYY-'.length, 'YYYY-MM'.length)) };
}

/** Key of a period's row. */
export function periodKey(company: string, { year, period }: { readonly year: number; readonly period: number }): string {
  return [company, year, period].join('~');
}

/**
 * Refuses a period that is not there or closed: it has to be open (section 14 [verified]); what a server says, and that it refuses at all,
 * is assumed.
 * @throws {P21Error} 500.
 */
export function checkOpen(
  company: string,
  of: { readonly year: number; readonly period: number },
  { transaction, fault }: Pick<Call, 'transaction' | 'fault'>,
): void {
  const row = transaction.row('periods', periodKey(company, of));
  if (!row) throw new P21Error('business', `Period ${of.period} of year ${of.year} does not exist.`);
  if (row.period_closed === 'Y' || fault?.kind === 'period-closed')
    throw new P21Error('business', `Period ${of.period} of year ${of.year} is closed.`);
}

/** The period that a row names. */
export function periodIn(row: Readonly<Row>): { readonly year: number; readonly period: number } {
  return { year: numberOf(row.year_for_period), period: numberOf(row.period) };
}
