import { Body, Controller, Get, HttpCode, Param, Post, Query, UseFilters } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { CausesView, CheckedEditView, DryRunView, LetterDetail, LettersPage, ParkedPage, SequencesPage } from '@tributary/contracts';
import { z } from 'zod';
import { shownChanges } from '../decide/shown-changes.js';
import { DeadLetterInspector } from '../emit/dead-letter.inspector.js';
import { DeadLetterRepository } from '../emit/dead-letter.repository.js';
import { parkedCursorForm } from '../emit/parked-page.js';
import { PayloadReads } from '../emit/payload-reads.js';
import { SequenceListRepository } from '../emit/sequence-list.repository.js';
import { filterText, pageFields, timeRange } from '../../shared/accept/list-query.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import type { Caller } from '../../shared/decide/caller.js';
import { OrderRefusedFilter } from './order-refused.filter.js';

const listQuery = z.strictObject({
  cause: z.string().optional(),
  group: z.string().optional(),
  topic: z.string().optional(),
  sequence: z.string().optional(),
  eventType: z.string().optional(),
  state: z.enum(['open', 'ordered', 'closed', 'notClosed']).optional(),
  currency: z.string().max(16).optional(),
  assignee: filterText.optional(),
  held: z.stringbool().optional(),
  again: z.stringbool().optional(),
  ...timeRange,
  ...pageFields(z.string()),
});
const pageQuery = z.strictObject(pageFields(z.string().regex(parkedCursorForm, 'is no cursor of this list')));
/** Query of `GET /dead-letters/sequences`. */
export const sequencesQuery = listQuery
  .omit({ sequence: true, currency: true, again: true, state: true, after: true, before: true, limit: true })
  .extend({
    state: z.enum(['open', 'ordered']).optional(),
    ...pageFields(z.string().regex(/^\d{1,18}~[^\0]+$/s, 'is no cursor of this list')),
  });
const edited = z.strictObject({ value: z.unknown() });
const tried = z.strictObject({ value: z.unknown().optional() });

/** Dead letters: their contents, the check of an edited letter, and dry runs. The HTTP contract is services/recon/README.md. */
@Controller('dead-letters')
@RequirePermission('letters.read')
@UseFilters(OrderRefusedFilter)
export class DeadLetterController {
  constructor(
    private readonly letters: DeadLetterRepository,
    private readonly inspector: DeadLetterInspector,
    private readonly reads: PayloadReads,
    private readonly sequences: SequenceListRepository,
  ) {}

  @Get('causes')
  @Documented({ does: 'Dead letters that are not closed, by cause and group, with their money.', answers: 'CausesView' })
  async causes(@CurrentIdentity() identity: Identity): Promise<CausesView> {
    return { causes: await this.letters.causes(targetsFor(identity, 'letters.read')) };
  }

  @Get()
  @Documented({ does: 'Dead letters, newest first.', answers: 'LettersPage', query: listQuery })
  list(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<LettersPage> {
    const { after, before, limit, ...filter } = parseRequest(listQuery, query);
    return this.letters.list(ofWhom(filter, identity), { after, before, limit }, targetsFor(identity, 'letters.read'));
  }

  @Get('parked')
  @Documented({ does: 'Messages parked behind a failed one of their sequence.', answers: 'ParkedPage', query: pageQuery })
  parked(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<ParkedPage> {
    return this.letters.parked(parseRequest(pageQuery, query), targetsFor(identity, 'letters.read'));
  }

  @Get('sequences')
  @Documented({ does: 'Sequences that wait for a dead letter at their head.', answers: 'SequencesPage', query: sequencesQuery })
  standing(@CurrentIdentity() identity: Identity, @Query() query: unknown): Promise<SequencesPage> {
    const { after, before, limit, ...filter } = parseRequest(sequencesQuery, query);
    return this.sequences.list(ofWhom(filter, identity), { after, before, limit }, targetsFor(identity, 'letters.read'));
  }

  @Get(':id')
  @RequirePermission('payloads.read')
  @Documented({
    does: 'One dead letter with its message; the audit trail says who read it.',
    answers: 'LetterDetail',
    refuses: { 404: ['letter.unknown'] },
  })
  async show(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<LetterDetail> {
    await this.inspector.checkVisible(id, targetsFor(caller.identity, 'payloads.read'));
    const detail = await this.inspector.detail(id);
    await this.reads.record(detail.id, 'shown', caller);
    return detail;
  }

  @Post(':id/check-edit')
  @RequirePermission('payloads.read')
  @HttpCode(200)
  @Documented({
    does: 'Compares an edited value with the original and with its schema.',
    answers: 'CheckedEditView',
    body: edited,
    command: 'dlq edit',
    asksOnly: true,
    refuses: { 400: ['edit.invalid'], 404: ['letter.unknown'] },
  })
  async checkEdit(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<CheckedEditView> {
    await this.inspector.checkVisible(id, targetsFor(caller.identity, 'payloads.read'));
    const checked = await this.inspector.checkEdit(id, parseRequest(edited, body, 'edit.invalid').value);
    await this.reads.recordOnceInAWhile(id, 'compared with an edit', caller);
    // The decoded value has whole numbers (bigint) that JSON cannot hold, and the caller already has it as JSON, so it is left out.
    return checked.ok ? { ok: checked.ok, differences: checked.differences, money: shownChanges(checked.money) } : checked;
  }

  @Post(':id/dry-run')
  @RequirePermission('payloads.read')
  @HttpCode(200)
  @Documented({
    does: 'The documents and calls that a message would make; nothing is sent.',
    answers: 'DryRunView',
    body: tried,
    command: 'dlq dry-run',
    asksOnly: true,
    refuses: { 400: ['edit.invalid'], 404: ['letter.unknown'] },
  })
  async dryRun(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<DryRunView> {
    await this.inspector.checkVisible(id, targetsFor(caller.identity, 'payloads.read'));
    const run = await this.inspector.dryRun(id, parseRequest(tried, body ?? {}, 'edit.invalid').value);
    await this.reads.record(id, 'tried', caller);
    return run;
  }
}

/** A filter in which `me` is whoever asks. */
export function ofWhom<Filter extends { readonly assignee?: string | undefined }>(filter: Filter, { subject }: Identity): Filter {
  return filter.assignee === 'me' ? { ...filter, assignee: subject } : filter;
}
