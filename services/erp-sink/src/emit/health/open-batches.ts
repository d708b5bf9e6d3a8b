import type { AmountView, TargetBatchesView } from '@tributary/contracts';
import { amountView } from '@tributary/domain';
import { toShown } from '../ledger/storable-text.js';

/** SQL: sums of the documents of a batch `b`, one per currency, as JSON. */
export const amountsOfBatch = `coalesce((select json_agg(sums) from (
  select upper(p.applied_amount ->> 'currency') as currency, sum(abs((p.applied_amount #>> '{minor,$bigint}')::numeric))::text as minor
  from erp_sink.posting p where p.target = b.target and p.batch_id = b.batch_id and p.applied_amount is not null group by 1 order by 1) as sums), '[]')`;

/** All batches of a target (`$1`) that are not released, with their documents and money, as one row: {@link OpenBatchSums}. */
export const openBatchSums = `with b as (select target, batch_id, documents from erp_sink.batch where target = $1 and state <> 'released')
  select (select count(*)::int from b) as batches, (select coalesce(sum(documents), 0)::int from b) as documents,
    coalesce((select json_agg(sums) from (
      select upper(p.applied_amount ->> 'currency') as currency, sum(abs((p.applied_amount #>> '{minor,$bigint}')::numeric))::text as minor
      from b join erp_sink.posting p on p.target = b.target and p.batch_id = b.batch_id where p.applied_amount is not null group by 1) as sums), '[]') as amounts`;

/** Batches that are not released, in figures. */
export interface OpenBatchSums {
  readonly batches: number;
  readonly documents: number;
  readonly amounts: readonly Sum[];
}

/** Nothing is unreleased. */
export const noOpenBatches: OpenBatchSums = { batches: 0, documents: 0, amounts: [] };

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

/** Open batches with their sums. @param rows the oldest of them. @param sums over all of them, however many rows there are. */
export function openBatchesOf(target: string, rows: readonly OpenBatchRow[], sums: OpenBatchSums): TargetBatchesView {
  return {
    open: sums.batches,
    documents: sums.documents,
    amounts: summed(sums.amounts),
    list: rows.map((row) => ({
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
