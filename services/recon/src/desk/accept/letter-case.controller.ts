import { Body, Controller, Get, HttpCode, Param, Post, UseFilters } from '@nestjs/common';
import type { LetterAssignmentView, LetterCase, LetterCommentView, LetterMessage } from '@tributary/contracts';
import { targetsFor } from '@tributary/identity';
import type { Permission } from '@tributary/identity';
import { Documented, RequirePermission } from '@tributary/platform';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import { parseRequest } from '../../shared/accept/parse-request.js';
import type { Caller } from '../../shared/decide/caller.js';
import { DeadLetterInspector } from '../emit/dead-letter.inspector.js';
import { LetterCaseReader } from '../emit/letter-case.reader.js';
import { LetterTalk } from '../emit/letter-talk.js';
import { PayloadReads } from '../emit/payload-reads.js';
import { newAssignment, newComment } from './letter-talk-body.js';
import { OrderRefusedFilter } from './order-refused.filter.js';

/**
 * One dead letter as the console shows it: all about it for whoever may read letters, what its message holds only for whoever may read
 * messages, each reading audited; and what people say about it. The bytes of messages stay in recon. The contract is services/recon/README.md.
 */
@Controller('dead-letters')
@RequirePermission('letters.read')
@UseFilters(OrderRefusedFilter)
export class LetterCaseController {
  constructor(
    private readonly inspector: DeadLetterInspector,
    private readonly cases: LetterCaseReader,
    private readonly talk: LetterTalk,
    private readonly reads: PayloadReads,
  ) {}

  @Get(':id/case')
  @Documented({ does: 'Everything about one dead letter but its message.', answers: 'LetterCase', refuses: { 404: ['letter.unknown'] } })
  async about(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<LetterCase> {
    await this.checkVisible(id, 'letters.read', caller);
    return this.cases.read(id);
  }

  @Get(':id/message')
  @RequirePermission('payloads.read')
  @Documented({
    does: 'The message of a dead letter, decoded; the audit trail says who read it.',
    answers: 'LetterMessage',
    refuses: { 404: ['letter.unknown'] },
  })
  async message(@Param('id') id: string, @CurrentCaller() caller: Caller): Promise<LetterMessage> {
    await this.checkVisible(id, 'payloads.read', caller);
    const message = await this.inspector.message(id);
    await this.reads.record(id, 'shown', caller);
    return message;
  }

  @Post(':id/comments')
  @RequirePermission('letters.discuss')
  @HttpCode(201)
  @Documented({
    does: 'Adds a comment to a dead letter.',
    answers: 'LetterCommentView',
    body: newComment,
    command: 'dlq comment',
    refuses: { 400: ['comment.invalid'], 404: ['letter.unknown'] },
  })
  async comment(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<LetterCommentView> {
    const { text } = parseRequest(newComment, body, 'comment.invalid');
    await this.checkVisible(id, 'letters.discuss', caller);
    return this.talk.comment(id, text, caller);
  }

  /** Says who looks after a letter. @throws {OrderRefusedError} 409 when it is somebody else's by now than the asker saw. */
  @Post(':id/assignment')
  @RequirePermission('letters.discuss')
  @HttpCode(200)
  @Documented({
    does: 'Says who works on a dead letter.',
    answers: 'LetterAssignmentView',
    body: newAssignment,
    command: 'dlq assign',
    refuses: { 400: ['assignment.invalid'], 404: ['letter.unknown'], 409: [] },
  })
  async assign(@Param('id') id: string, @Body() body: unknown, @CurrentCaller() caller: Caller): Promise<LetterAssignmentView> {
    const { assignee, replaces } = parseRequest(newAssignment, body, 'assignment.invalid');
    await this.checkVisible(id, 'letters.discuss', caller);
    const { subject, name } = caller.identity;
    return { assignee: await this.talk.assign(id, { to: assignee === 'me' ? { subject, name } : assignee, replaces }, caller) };
  }

  private checkVisible(id: string, permission: Permission, { identity }: Caller): Promise<void> {
    return this.inspector.checkVisible(id, targetsFor(identity, permission));
  }
}
