import type { BatchesView, LedgerPostingView, LedgerPostingsView } from '@tributary/contracts';
import { Controller, Get, Inject, NotFoundException, Param, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { queryOf } from './release-bodies.js';
import { ServedLedgers } from './served-ledgers.js';
import type { ServedLedger } from './served-ledgers.js';
import { whileReadable } from './while-readable.js';

const listing = z.object({
  state: z.enum(['new', 'claimed', 'unknown', 'waiting', 'posted', 'rejected', 'held', 'skipped']).optional(),
  target: z.string().optional(),
  unreleased: z.stringbool().default(false),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});

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

  /** Batches with their money, newest first; `unreleased`: only those, and the oldest of them where there are too many. Their ids are unique within a target. */
  @Get('batches')
  @Documented({ does: 'Batches with their money, newest first.', answers: 'BatchesView', query: listing, refuses: { 404: [] } })
  async all(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<BatchesView> {
    const { limit, target, unreleased } = queryOf(listing, query);
    const found = await ofEach(this.seenBy(identity).all(target), ({ reader }) => reader.batches(limit, unreleased));
    return { batches: newest(found.flat(), ({ openedAt }) => openedAt, limit) };
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

/** @param timeOf a date of PostgreSQL's driver. */
function newest<Row>(rows: readonly Row[], timeOf: (row: Row) => string, limit: number): Row[] {
  return [...rows].sort((a, b) => Number(new Date(timeOf(b))) - Number(new Date(timeOf(a)))).slice(0, limit);
}
