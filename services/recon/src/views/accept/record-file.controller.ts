import type { StreamableFile } from '@nestjs/common';
import { Controller, Get, Query } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { messageSheets } from '../decide/record-csv.js';
import { RecordListRepository } from '../emit/record-list.repository.js';
import { canonicalSource, eventSource, outcomeSource, postingSource } from '../emit/record-sources.js';
import type { RecordSource } from '../emit/record-sources.js';
import { canonicalFilter, eventFilter, outcomeFilter, postingFilter } from './record-query.js';

/** The lists of messages as CSV files, with the filters of the lists. */
@Controller()
@RequirePermission('payments.read')
export class RecordFileController {
  constructor(private readonly lists: RecordListRepository) {}

  @Get('events.csv')
  @Documented({ does: 'Stripe events as a file.', answers: 'csv', query: z.object(eventFilter) })
  events(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<StreamableFile> {
    return this.file('events', eventSource(parseRequest(z.object(eventFilter), query), targetsFor(identity, 'payments.read')));
  }

  @Get('canonical-events.csv')
  @Documented({ does: 'Canonical events as a file.', answers: 'csv', query: z.object(canonicalFilter) })
  canonicalEvents(@Query() query: unknown): Promise<StreamableFile> {
    return this.file('canonical-events', canonicalSource(parseRequest(z.object(canonicalFilter), query)));
  }

  @Get('postings.csv')
  @Documented({ does: 'Posting requests as a file.', answers: 'csv', query: z.object(postingFilter) })
  postings(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<StreamableFile> {
    return this.file('postings', postingSource(parseRequest(z.object(postingFilter), query), targetsFor(identity, 'payments.read')));
  }

  @Get('outcomes.csv')
  @Documented({ does: 'Outcomes as a file.', answers: 'csv', query: z.object(outcomeFilter) })
  outcomes(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<StreamableFile> {
    return this.file('outcomes', outcomeSource(parseRequest(z.object(outcomeFilter), query), targetsFor(identity, 'payments.read')));
  }

  private file(name: keyof typeof messageSheets, source: RecordSource): Promise<StreamableFile> {
    return listFile<object>({ name, sheet: messageSheets[name], read: (page) => this.lists.page<object>(source, page) });
  }
}
