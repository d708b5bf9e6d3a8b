import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import type { CanonicalEventRow, EventRow, PostingRow } from '../emit/record-list.repository.js';
import { RecordListRepository } from '../emit/record-list.repository.js';
import { listFile } from '../../shared/accept/list-file.js';
import { postingSheet } from '../decide/record-csv.js';
import { parseRequest } from '../../shared/accept/parse-request.js';

const page = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: z
    .string()
    .max(600)
    .regex(/^-?\d{1,18}~[^\0]+$/s, 'is no cursor of this list')
    .optional(),
};
const filterText = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0]*$/, 'has a character that no value has');
const eventsQuery = z.object({
  ...page,
  state: z.enum(['inFlight', 'posted', 'ignored', 'held', 'deadLettered']).optional(),
  reason: filterText.optional(),
  stuck: z.stringbool().optional(),
});
const canonicalEventsQuery = z.object(page);
const postingsFilter = z.object({ target: filterText.optional(), written: z.enum(['documents', 'metadata']).optional() });
const postingsQuery = postingsFilter.extend(page);

/** The rows behind the figures of `GET /counts` and `GET /stages`. Read only; the shapes are in services/recon/README.md. */
@Controller()
@RequirePermission('payments.read')
export class RecordListController {
  constructor(private readonly lists: RecordListRepository) {}

  @Get('events')
  async events(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<{ events: EventRow[]; next: string | null }> {
    const { state, reason, stuck, ...request } = parseRequest(eventsQuery, query);
    const { rows, next } = await this.lists.events({ state, reason, stuck }, request, targetsFor(identity, 'payments.read'));
    return { events: rows, next };
  }

  @Get('canonical-events')
  async canonicalEvents(@Query() query: unknown): Promise<{ canonicalEvents: CanonicalEventRow[]; next: string | null }> {
    const { rows, next } = await this.lists.canonicalEvents(parseRequest(canonicalEventsQuery, query));
    return { canonicalEvents: rows, next };
  }

  @Get('postings')
  async postings(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<{ postings: PostingRow[]; next: string | null }> {
    const { target, written, ...request } = parseRequest(postingsQuery, query);
    const { rows, next } = await this.lists.postings({ target, written, visible: targetsFor(identity, 'payments.read') }, request);
    return { postings: rows, next };
  }

  @Get('postings.csv')
  postingsFile(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<StreamableFile> {
    const selected = { ...parseRequest(postingsFilter, query), visible: targetsFor(identity, 'payments.read') };
    return listFile({ name: 'postings', sheet: postingSheet, read: (next) => this.lists.postings(selected, next) });
  }
}
