import type { ErasedTableView, ErasureView } from '@tributary/contracts';

/** What an erasure overwrote in one ledger, or would overwrite. */
interface ErasedLedger {
  readonly target: string;
  readonly postings: number;
  readonly outcomes: number;
  readonly calls: number;
  readonly openPostings: number;
}

/** An erasure over the ledgers of a process, as HTTP answers it. */
export function erasureView(customerId: string, ledgers: readonly ErasedLedger[], done: boolean): ErasureView {
  const tables = ledgers.flatMap(({ target, postings, outcomes, calls }): ErasedTableView[] => [
    { table: `erp_sink.posting (${target})`, rows: postings, fields: ['request', 'origin', 'discarding', 'text'] },
    { table: `erp_sink.outcome (${target})`, rows: outcomes, fields: ['event.text'] },
    { table: `erp_sink.call (${target})`, rows: calls, fields: ['exchanges'] },
  ]);
  const waits = ledgers.flatMap(({ target, openPostings }) =>
    openPostings === 0
      ? []
      : [
          `${openPostings} postings of ${target} are not finished and keep their documents until they are; then they are erased within an hour`,
        ],
  );
  return { customerId, done, tables: tables.filter(({ rows }) => rows > 0), waits, stays: [] };
}
