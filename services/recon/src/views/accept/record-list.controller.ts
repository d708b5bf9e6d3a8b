import { Controller, Get, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import type { ListTotals, OutcomeRow } from '@tributary/contracts';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import type { Neighbours } from '../../shared/decide/keyset-page.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import type { CanonicalEventRow, EventRow, PostingRow } from '../emit/record-list.repository.js';
import { RecordListRepository } from '../emit/record-list.repository.js';
import { canonicalSource, eventSource, outcomeSource, postingSource } from '../emit/record-sources.js';
import { canonicalFilter, eventFilter, outcomeFilter, postingFilter, recordPage } from './record-query.js';

const eventsQuery = z.object({ ...recordPage, ...eventFilter });
const canonicalQuery = z.object({ ...recordPage, ...canonicalFilter });
const outcomesQuery = z.object({ ...recordPage, ...outcomeFilter });
const postingsQuery = z.object({ ...recordPage, ...postingFilter });

/**
 * The rows behind the figures of `GET /counts` and `GET /stages`, and how many there are. Read only; the shapes are in
 * services/recon/README.md.
 */
@Controller()
@RequirePermission('payments.read')
export class RecordListController {
  constructor(private readonly lists: RecordListRepository) {}

  @Get('events')
  async events(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<{ events: EventRow[] } & Neighbours> {
    const { limit, after, before, ...filter } = parseRequest(eventsQuery, query);
    const { rows, ...neighbours } = await this.lists.events(filter, { limit, after, before }, targetsFor(identity, 'payments.read'));
    return { events: rows, ...neighbours };
  }

  @Get('events/totals')
  eventTotals(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(eventSource(parseRequest(z.object(eventFilter), query), targetsFor(identity, 'payments.read')));
  }

  @Get('canonical-events')
  async canonicalEvents(@Query() query: unknown): Promise<{ canonicalEvents: CanonicalEventRow[] } & Neighbours> {
    const { limit, after, before, ...filter } = parseRequest(canonicalQuery, query);
    const { rows, ...neighbours } = await this.lists.canonicalEvents({ limit, after, before }, filter);
    return { canonicalEvents: rows, ...neighbours };
  }

  @Get('canonical-events/totals')
  canonicalTotals(@Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(canonicalSource(parseRequest(z.object(canonicalFilter), query)));
  }

  @Get('postings')
  async postings(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<{ postings: PostingRow[] } & Neighbours> {
    const { limit, after, before, ...filter } = parseRequest(postingsQuery, query);
    const { rows, ...neighbours } = await this.lists.postings(filter, { limit, after, before }, targetsFor(identity, 'payments.read'));
    return { postings: rows, ...neighbours };
  }

  @Get('postings/totals')
  postingTotals(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(postingSource(parseRequest(z.object(postingFilter), query), targetsFor(identity, 'payments.read')));
  }

  @Get('outcomes')
  async outcomes(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<{ outcomes: OutcomeRow[] } & Neighbours> {
    const { limit, after, before, ...filter } = parseRequest(outcomesQuery, query);
    const { rows, ...neighbours } = await this.lists.outcomes(filter, { limit, after, before }, targetsFor(identity, 'payments.read'));
    return { outcomes: rows, ...neighbours };
  }

  @Get('outcomes/totals')
  outcomeTotals(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(outcomeSource(parseRequest(z.object(outcomeFilter), query), targetsFor(identity, 'payments.read')));
  }
}
