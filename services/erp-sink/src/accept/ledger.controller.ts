import type { BatchesView, LedgerPostingView, LedgerPostingsView } from '@tributary/contracts';
import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { batchCursor, compareBatches, keysetPage, pageStart, placeOfCursor } from '@tributary/domain';
import { z } from 'zod';
import { summed as amountsOf } from '../emit/health/open-batches.js';
import type { OpenBatchSums } from '../emit/health/open-batches.js';
import { queryOf } from './release-bodies.js';
import { ServedLedgers } from './served-ledgers.js';
import type { ServedLedger } from './served-ledgers.js';
import { whileReadable } from './while-readable.js';

const most = z.coerce.number().int().min(1).max(1_000).default(100);
const listing = z.object({
  state: z.enum(['new', 'claimed', 'unknown', 'waiting', 'posted', 'rejected', 'held', 'skipped']).optional(),
  target: z.string().optional(),
  limit: most,
});
const cursor = z.string().refine((text) => placeOfCursor(text) !== undefined, 'is `next` or `previous` of another page');
const batchListing = z
  .object({
    target: z.string().optional(),
    unreleased: z.stringbool().default(false),
    after: cursor.optional(),
    before: cursor.optional(),
    limit: most,
  })
  .refine(({ unreleased, after, before }) => unreleased || (after ?? before) === undefined, 'pages are those of unreleased=true');

/** The ledgers of all targets, read only. 503 while PostgreSQL is unavailable, 404 for a target that this process does not serve. */
@Controller()
@RequirePermission('ledger.read')
export class LedgerController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  /** Postings, newest first. `counts` covers the whole ledger. */
  @Get('postings')
  @Documented({
    does: 'Postings of the ledger, newest first, and how many there are by state.',
    answers: 'LedgerPostingsView',
    query: listing,
    refuses: { 404: [] },
  })
  async postings(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<LedgerPostingsView> {
    const { state, limit, target } = queryOf(listing, query);
    const found = await ofEach(this.seenBy(identity).all(target), async ({ reader }) => ({
      counts: await reader.counts(),
      postings: await reader.postings(state, limit),
    }));
    return {
      counts: summed(found.map(({ counts }) => counts)),
      postings: newest(
        found.flatMap(({ postings }) => postings),
        ({ changedAt }) => changedAt,
        limit,
      ),
    };
  }

  /** One posting with the outcome of each of its requests. The key may contain slashes, encoded or not. */
  @Get('postings/*')
  @Documented({ does: 'One posting with the outcome of each of its requests.', answers: 'LedgerPostingView', refuses: { 404: [] } })
  async posting(@CurrentIdentity() identity: Identity, @Param('*') encoded: string): Promise<LedgerPostingView> {
    const key = decodeURIComponent(encoded);
    const posting = await whileReadable(async () => this.seenBy(identity).ofPosting(key)?.reader.posting(key));
    if (!posting) throw new NotFoundException(`the ledger has no posting ${encoded}`);
    return posting;
  }

  /** Batches with their money, newest first; `unreleased`: a page of only those, the oldest first, with the sum of all. Their ids are unique within a target. */
  @Get('batches')
  @Documented({
    does: 'Batches with their money, newest first; with `unreleased` a page of those that are not released, the oldest first.',
    answers: 'BatchesView',
    query: batchListing,
    refuses: { 404: [] },
  })
  async all(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<BatchesView> {
    const { limit, target, unreleased, after, before } = queryOf(batchListing, query);
    const ledgers = this.seenBy(identity).all(target);
    if (!unreleased) {
      const found = await ofEach(ledgers, ({ reader }) => reader.batches(limit));
      return { batches: newest(found.flat(), ({ openedAt }) => openedAt, limit), next: null, previous: null, total: null };
    }
    const page = { limit, after, before };
    const found = await ofEach(ledgers, async ({ reader }) => ({
      rows: await reader.unreleased(page),
      total: await reader.unreleasedTotal(),
    }));
    const sign = pageStart(page, 'asc').order === 'asc' ? 1 : -1;
    const rows = found.flatMap((one) => one.rows).sort((a, b) => sign * compareBatches(a, b));
    const { rows: batches, ...neighbours } = keysetPage(page, rows, batchCursor);
    return { batches, ...neighbours, total: totalOf(found.map(({ total }) => total)) };
  }

  private seenBy(identity: Identity): ServedLedgers {
    return this.ledgers.seenBy(targetsFor(identity, 'ledger.read'));
  }
}

function ofEach<T>(ledgers: readonly ServedLedger[], read: (ledger: ServedLedger) => Promise<T>): Promise<T[]> {
  return whileReadable(() => Promise.all(ledgers.map(read)));
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [state, count] of counts.flatMap((one) => Object.entries(one))) sums[state] = (sums[state] ?? 0) + count;
  return sums;
}

function totalOf(totals: readonly OpenBatchSums[]): BatchesView['total'] {
  return {
    batches: totals.reduce((sum, { batches }) => sum + batches, 0),
    documents: totals.reduce((sum, { documents }) => sum + documents, 0),
    amounts: amountsOf(totals.flatMap(({ amounts }) => amounts)),
  };
}

/** @param timeOf a date of PostgreSQL's driver. */
function newest<Row>(rows: readonly Row[], timeOf: (row: Row) => string, limit: number): Row[] {
  return [...rows].sort((a, b) => Number(new Date(timeOf(b))) - Number(new Date(timeOf(a)))).slice(0, limit);
}
