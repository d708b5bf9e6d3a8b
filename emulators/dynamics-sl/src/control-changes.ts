import { z } from 'zod';
import { dayOf } from './data/dates.js';
import { put } from './data/rows.js';
import type { Store } from './data/store.js';
import { tables } from './tables/index.js';

/** Opens or closes the period of a day. */
export const periodChange = z.strictObject({ date: z.iso.date().describe('a day of the period'), open: z.boolean() });
/** What a person does to a batch in SL: for example to bring one in S back to B. */
export const statusChange = z.strictObject({ module: z.enum(['AR', 'GL']), batNbr: z.string(), status: z.enum(['H', 'B', 'V', 'D']) });
/** Puts the server's clock off. */
export const clockChange = z.strictObject({ offsetMs: z.number().int() });

/** The fiscal periods, oldest first. */
export function periodsOf(store: Store): { period: string; from: string; to: string; open: boolean }[] {
  return store
    .rows(tables.Period.name)
    .map((row) => ({ period: String(row.PerNbr), from: dayOf(row.StartDate), to: dayOf(row.EndDate), open: row.Closed !== 1 }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** @returns what is wrong with the change, undefined when it was made. */
export function setPeriods(store: Store, { date, open }: z.infer<typeof periodChange>): string | undefined {
  return store.transaction((transaction) => {
    const row = transaction.rows(tables.Period.name).find(({ StartDate, EndDate }) => dayOf(StartDate) <= date && date <= dayOf(EndDate));
    if (!row) return `there is no period for ${date}`;
    put(tables.Period, { ...row, Closed: open ? 0 : 1 }, transaction);
    return undefined;
  });
}

/** @returns what is wrong with the change, undefined when it was made. */
export function setBatch(store: Store, { module, batNbr, status }: z.infer<typeof statusChange>): string | undefined {
  return store.transaction((transaction) => {
    const row = transaction.row(tables.Batch.name, `${module}~${batNbr}`);
    if (!row) return `there is no batch ${batNbr} of module ${module}`;
    if (row.Rlsed === 1) return `batch ${batNbr} is released`;
    put(tables.Batch, { ...row, Status: status }, transaction);
    return undefined;
  });
}
