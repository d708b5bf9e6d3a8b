import { Controller, Get, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import type { CanonicalEventsPage, EventsPage, ListTotals, OutcomesPage, PostingsPage } from '@tributary/contracts';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { parseRequest } from '../../shared/accept/parse-request.js';
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
  @Documented({ does: 'Stripe events, newest first.', answers: 'EventsPage', query: eventsQuery })
  async events(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<EventsPage> {
    const { limit, after, before, ...filter } = parseRequest(eventsQuery, query);
    const { rows, ...neighbours } = await this.lists.events(filter, { limit, after, before }, targetsFor(identity, 'payments.read'));
    return { events: rows, ...neighbours };
  }

  @Get('events/totals')
  @Documented({ does: 'How many Stripe events a filter selects, and of which types.', answers: 'ListTotals', query: z.object(eventFilter) })
  eventTotals(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(eventSource(parseRequest(z.object(eventFilter), query), targetsFor(identity, 'payments.read')));
  }

  @Get('canonical-events')
  @Documented({ does: 'Canonical events, newest first.', answers: 'CanonicalEventsPage', query: canonicalQuery })
  async canonicalEvents(@Query() query: unknown): Promise<CanonicalEventsPage> {
    const { limit, after, before, ...filter } = parseRequest(canonicalQuery, query);
    const { rows, ...neighbours } = await this.lists.canonicalEvents({ limit, after, before }, filter);
    return { canonicalEvents: rows, ...neighbours };
  }

  @Get('canonical-events/totals')
  @Documented({
    does: 'How many canonical events a filter selects, and of which types.',
    answers: 'ListTotals',
    query: z.object(canonicalFilter),
  })
  canonicalTotals(@Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(canonicalSource(parseRequest(z.object(canonicalFilter), query)));
  }

  @Get('postings')
  @Documented({ does: 'Posting requests, newest first.', answers: 'PostingsPage', query: postingsQuery })
  async postings(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<PostingsPage> {
    const { limit, after, before, ...filter } = parseRequest(postingsQuery, query);
    const { rows, ...neighbours } = await this.lists.postings(filter, { limit, after, before }, targetsFor(identity, 'payments.read'));
    return { postings: rows, ...neighbours };
  }

  @Get('postings/totals')
  @Documented({
    does: 'How many posting requests a filter selects, and of which kinds.',
    answers: 'ListTotals',
    query: z.object(postingFilter),
  })
  postingTotals(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(postingSource(parseRequest(z.object(postingFilter), query), targetsFor(identity, 'payments.read')));
  }

  @Get('outcomes')
  @Documented({ does: 'Outcomes of posting requests, newest first.', answers: 'OutcomesPage', query: outcomesQuery })
  async outcomes(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<OutcomesPage> {
    const { limit, after, before, ...filter } = parseRequest(outcomesQuery, query);
    const { rows, ...neighbours } = await this.lists.outcomes(filter, { limit, after, before }, targetsFor(identity, 'payments.read'));
    return { outcomes: rows, ...neighbours };
  }

  @Get('outcomes/totals')
  @Documented({ does: 'How many outcomes a filter selects, and of which kinds.', answers: 'ListTotals', query: z.object(outcomeFilter) })
  outcomeTotals(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ListTotals> {
    return this.lists.totals(outcomeSource(parseRequest(z.object(outcomeFilter), query), targetsFor(identity, 'payments.read')));
  }
}
