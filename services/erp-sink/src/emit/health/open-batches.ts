import type { AmountView, TargetBatchesView } from '@tributary/contracts';
import { amountView } from '@tributary/domain';
import { toShown } from '../ledger/storable-text.js';

/** SQL: sums of the documents of a batch `b`, one per currency, as JSON. */
export const amountsOfBatch = `coalesce((select json_agg(sums) from (
  select upper(p.applied_amount ->> 'currency') as currency, sum(abs((p.applied_amount #>> '{minor,$bigint}')::numeric))::text as minor
  from erp_sink.posting p where p.target = b.target and p.batch_id = b.batch_id and p.applied_amount is not null group by 1 order by 1) as sums), '[]')`;

/** A batch that is not released, as it is read from `erp_sink.batch`. */
export interface OpenBatchRow {
  readonly batch_id: string;
  readonly kind: string;
  readonly date: string;
  readonly bank_account: string;
  readonly state: string;
  readonly documents: number;
  readonly attempts: number;
  readonly text: string | null;
  readonly opened_at: Date;
  readonly by_person: boolean;
  readonly amounts: readonly Sum[];
}

/** Money of one currency. */
export interface Sum {
  readonly minor: string;
  readonly currency: string;
}

/** Open batches with their sums. @param rows the oldest first. @param most of the list; the sums are over all rows. */
export function openBatchesOf(target: string, rows: readonly OpenBatchRow[], most: number): TargetBatchesView {
  return {
    open: rows.length,
    documents: rows.reduce((sum, { documents }) => sum + documents, 0),
    amounts: summed(rows.flatMap(({ amounts }) => amounts)),
    list: rows.slice(0, most).map((row) => ({
      target,
      batchId: toShown(row.batch_id),
      kind: toShown(row.kind),
      date: toShown(row.date),
      bankAccount: toShown(row.bank_account),
      state: row.state,
      documents: row.documents,
      attempts: row.attempts,
      text: row.text === null ? null : toShown(row.text),
      openedAt: row.opened_at.toISOString(),
      amounts: summed(row.amounts),
      byPerson: row.by_person,
    })),
  };
}

/** Sums per currency. */
export function summed(amounts: readonly Sum[]): AmountView[] {
  const sums = new Map<string, bigint>();
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => amountView(minor.toString(), currency));
}
