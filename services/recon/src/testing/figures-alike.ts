import type { Overview } from '@tributary/contracts';
import type { DataSource } from 'typeorm';
import { documentResults } from '../shared/decide/results.js';
import type { VisibleTargets } from '../shared/decide/visible-targets.js';
import { TodayRepository } from '../today/emit/today.repository.js';

/** A capture as somebody sees it. */
interface SeenRow {
  readonly received_at: Date;
  readonly standing: string;
  readonly reconciliation: string | null;
}

/** The oldest payment of each kind that somebody has to look at. @param rows all captures, the newest first. */
export async function expectToday(database: DataSource, visible: VisibleTargets, rows: readonly SeenRow[]): Promise<void> {
  const oldest = await new TodayRepository(database).oldest(visible);
  const of = (selected: (row: SeenRow) => boolean): string | null => rows.filter(selected).at(-1)?.received_at.toISOString() ?? null;
  expect({ visible, ...oldest }).toMatchObject({
    ...{ visible, needsPerson: of(({ standing }) => standing === 'needsPerson') },
    ...{ different: of((row) => row.reconciliation === 'different'), missing: of((row) => row.reconciliation === 'missing') },
  });
}

interface Posting {
  readonly posting_key: string;
  readonly target: string;
  readonly kind: string;
  readonly requested_at: Date | null;
  readonly result: string | null;
  readonly concluded_at: Date | null;
}

/** What each ledger was asked for and what it wrote: each document once, however often it was written. @param written as the overview has it. */
export async function expectWritten(database: DataSource, visible: VisibleTargets, written: Overview['written']): Promise<void> {
  const all = await database.query<Posting[]>('select posting_key, target, kind, requested_at, result, concluded_at from recon.posting');
  const ledgers = [...new Set(all.map(({ target }) => target))].filter((target) => visible === '*' || visible.includes(target));
  const own = ledgers.map((target): [string, Posting[]] => [target, all.filter((one) => one.target === target)]);
  const isWritten = ({ result }: Posting): boolean => result !== null && documentResults.includes(result);
  const keys = (postings: readonly Posting[]): number => new Set(postings.filter(isWritten).map((one) => one.posting_key)).size;
  const isMetadata = ({ kind }: Posting): boolean => kind === 'metadata';
  const counted = own.map(([target, postings]) => {
    const documents = postings.filter((one) => !isMetadata(one));
    const last = documents.filter(isWritten).map(({ concluded_at }) => concluded_at?.getTime() ?? 0);
    return {
      ...{ target, requested: postings.filter(({ requested_at }) => requested_at !== null).length, documents: keys(documents) },
      ...{ metadata: keys(postings.filter(isMetadata)), last: last.length === 0 ? null : new Date(Math.max(...last)).toISOString() },
    };
  });
  const some = counted.filter(({ documents, metadata }) => documents + metadata > 0);
  expect({ visible, written }).toEqual({
    visible,
    written: Object.fromEntries(some.map(({ target, documents, metadata }) => [target, { documents, metadata }])),
  });
  const shown = (await new TodayRepository(database).targets([], visible)).map(({ target, requested, documents, lastWrittenAt }) => ({
    ...{ target, requested: requested.count, documents: documents.count, last: lastWrittenAt },
  }));
  const sorted = counted.map(({ metadata: _, ...one }) => one).toSorted((a, b) => (a.target < b.target ? -1 : 1));
  expect({ visible, shown }).toEqual({ visible, shown: sorted });
}
