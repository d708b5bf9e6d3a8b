import { KineticError } from '../answers.js';
import type { EmulatorConfig } from '../emulator.config.js';
import type { FaultAction } from '../faults.js';
import type { Row, Transaction } from '../store.js';

/** Who posts: a call, or the task agent. */
export interface PostingContext {
  readonly company: string;
  readonly user: string;
  readonly config: EmulatorConfig;
  readonly nowMs: number;
  readonly fault?: FaultAction;
}

/** Year and number of the period of a day. Periods are calendar months of the one fiscal calendar (assumed). */
export function periodOf(day: string): { readonly year: number; readonly period: number } {
  return { year: Number(day.slice(0, 4)), period: Number(day.slice(5, 7)) };
}

/** The day of a date column. */
export function dayOf(value: unknown): string {
  return String(value).slice(0, 10);
}

/** The one book and calendar. */
export const book = { BookID: 'MAIN', FiscalCalendarID: 'CAL', FiscalYearSuffix: '' } as const;

/** Key of a period's row. */
export function periodKey(company: string, day: string): string {
  const { year, period } = periodOf(day);
  return [company, book.BookID, book.FiscalCalendarID, year, book.FiscalYearSuffix, period, 0].join('~');
}

/**
 * Refuses a date before the earliest apply date and one in a closed period; on a save as well as when a group is posted. Texts, and that a
 * save is refused already, are assumed.
 */
export function checkOpen(row: Row, table: string, field: string, context: PostingContext, transaction: Transaction): void {
  const day = dayOf(row[field]);
  if (context.fault?.kind === 'period-closed' || day < context.config.earliestApplyDate)
    throw new KineticError('business', `${field} ${day} is before the Earliest Apply Date: the fiscal period is closed.`, { table, field });
  if (transaction.row('GLBookPer', periodKey(context.company, day))?.ClosedPeriod === true)
    throw new KineticError('business', `${field} ${day} is in a closed fiscal period.`, { table, field });
}
