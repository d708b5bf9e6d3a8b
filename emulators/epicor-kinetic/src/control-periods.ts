import { z } from 'zod';
import { periodKey } from './ledger/periods.js';
import type { Store } from './store.js';

/** Opens or closes the period of a day. */
export const periodChange = z.strictObject({ date: z.iso.date().describe('a day of the period'), open: z.boolean() });

/** The periods of the book, oldest first. */
export function periodsOf(store: Store): { from: string; to: string; open: boolean }[] {
  const day = (value: unknown): string => String(value).slice(0, 10);
  return store
    .rows('GLBookPer')
    .map((row) => ({ from: day(row.StartDate), to: day(row.EndDate), open: row.ClosedPeriod !== true }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** @returns what is wrong with the change, undefined when it was made. */
export function setPeriods(store: Store, company: string, { date, open }: z.infer<typeof periodChange>): string | undefined {
  return store.transaction((transaction) => {
    const key = periodKey(company, date);
    const row = transaction.row('GLBookPer', key);
    if (!row) return `there is no period for ${date}`;
    transaction.put('GLBookPer', key, { ...row, ClosedPeriod: !open });
    return undefined;
  });
}
