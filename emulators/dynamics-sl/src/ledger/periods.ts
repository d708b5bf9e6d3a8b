import { Refusal } from '../answers.js';
import { dayOf, noDate } from '../data/dates.js';
import type { FaultAction } from '../faults.js';
import type { Row, Transaction } from '../data/store.js';
import { tables } from '../tables/index.js';

const periods = (transaction: Pick<Transaction, 'rows'>): readonly Readonly<Row>[] => transaction.rows(tables.Period.name);

/** The period of a day, YYYYPP: section 4 [verified format]. @throws {Refusal} when there is none. */
export function periodOf(date: unknown, transaction: Transaction): string {
  const day = dayOf(date);
  const found = periods(transaction).find((row) => dayOf(row.StartDate) <= day && day <= dayOf(row.EndDate));
  if (!found) throw new Refusal(`There is no fiscal period for ${day}.`);
  return String(found.PerNbr);
}

/** The period to post to: what is given, else that of the date (assumed). */
export function perPost(given: unknown, date: unknown, transaction: Transaction): string {
  if (given) return String(given);
  return date === noDate ? '' : periodOf(date, transaction);
}

/** Refuses a period that is closed or unknown, on a save as well as at the release; the text and both places are assumed (section 12). */
export function checkOpen(period: unknown, transaction: Transaction, fault?: FaultAction): void {
  const found = periods(transaction).find((row) => row.PerNbr === period);
  if (!found) throw new Refusal(`Period to post '${String(period)}' is not valid.`);
  if (found.Closed === 1 || fault?.kind === 'period-closed') throw new Refusal(`Period to post ${String(period)} is closed.`);
}
