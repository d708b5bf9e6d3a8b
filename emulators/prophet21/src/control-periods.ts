import { z } from 'zod';
import { periodKey, periodOf } from './ledger/periods.js';
import type { Store } from './store.js';

/** Opens or closes the period of a day. */
export const periodChange = z.strictObject({ date: z.iso.date().describe('a day of the period'), open: z.boolean() });

/** The periods of a company, oldest first. */
export function periodsOf(store: Store, company: string): { from: string; to: string; open: boolean }[] {
  const day = (value: unknown): string => String(value).slice(0, 'YYYY-MM-DD'.length);
  return store
    .rows('periods')
    .filter((row) => row.company_no === company)
    .map((row) => ({ from: day(row.beginning_date), to: day(row.ending_date), open: row.period_closed !== 'Y' }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** @returns what is wrong with the change, undefined when it was made. */
export function setPeriods(store: Store, company: string, { date, open }: z.infer<typeof periodChange>): string | undefined {
  return store.transaction((transaction) => {
    const key = periodKey(company, periodOf(date));
    const row = transaction.row('periods', key);
    if (!row) return `there is no period for ${date}`;
    transaction.put('periods', key, { ...row, period_closed: open ? 'N' : 'Y' });
    return undefined;
  });
}
