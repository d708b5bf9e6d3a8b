import { Controller, Get, Query } from '@nestjs/common';
import type { StreamableFile } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { LetterTotalsView } from '@tributary/contracts';
import { z } from 'zod';
import { listFile } from '../../shared/accept/list-file.js';
import { currencyText, filterText, timeRange } from '../../shared/accept/list-query.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { letterSheet, parkedSheet } from '../decide/letter-csv.js';
import { DeadLetterRepository } from '../emit/dead-letter.repository.js';
import { LetterTotals } from '../emit/letter-totals.js';

const query = z.strictObject({
  cause: filterText.optional(),
  group: filterText.optional(),
  topic: filterText.optional(),
  sequence: filterText.optional(),
  eventType: filterText.optional(),
  state: z.enum(['open', 'ordered', 'closed', 'notClosed']).optional(),
  currency: currencyText.optional(),
  assignee: filterText.optional(),
  held: z.stringbool().optional(),
  again: z.stringbool().optional(),
  ...timeRange,
});
const none = z.strictObject({});

/** Lists of dead letters as files, without payloads, and their sums. The HTTP contract is services/recon/README.md. */
@Controller()
@RequirePermission('letters.read')
export class LetterFileController {
  constructor(
    private readonly letters: DeadLetterRepository,
    private readonly sums: LetterTotals,
  ) {}

  @Get('dead-letters.csv')
  @Documented({ does: 'Dead letters as a file, without payloads.', answers: 'csv', query })
  file(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    const filter = filterOf(request, identity);
    const visible = targetsFor(identity, 'letters.read');
    return listFile({
      name: 'dead-letters',
      sheet: letterSheet,
      read: async (page) => {
        const { deadLetters, next } = await this.letters.list(filter, page, visible);
        return { rows: deadLetters, next };
      },
    });
  }

  @Get('dead-letters/totals')
  @Documented({ does: 'Count and sums of the dead letters that a filter selects.', answers: 'LetterTotalsView', query })
  totals(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<LetterTotalsView> {
    return this.sums.of(filterOf(request, identity), targetsFor(identity, 'letters.read'));
  }

  @Get('dead-letters/parked.csv')
  @Documented({ does: 'Parked messages as a file.', answers: 'csv', query: none })
  parked(@CurrentIdentity() identity: Identity, @Query() request: unknown): Promise<StreamableFile> {
    parseRequest(none, request);
    const visible = targetsFor(identity, 'letters.read');
    return listFile({
      name: 'parked',
      sheet: parkedSheet,
      read: async (page) => {
        const { parked, next } = await this.letters.parked(page, visible);
        return { rows: parked, next };
      },
    });
  }
}

/** The filters of a request; `me` is whoever asks. */
function filterOf(request: unknown, { subject }: Identity): z.infer<typeof query> {
  const filter = parseRequest(query, request);
  return filter.assignee === 'me' ? { ...filter, assignee: subject } : filter;
}
