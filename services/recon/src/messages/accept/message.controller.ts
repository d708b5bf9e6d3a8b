import { Controller, Get, GoneException, NotFoundException, Param } from '@nestjs/common';
import type { ConsumerGroupsView, MessageFixtureView, MessageRecordView, MessageView } from '@tributary/contracts';
import { stripeFixture } from '@tributary/domain';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { AuditTrail } from '../../audit/emit/audit-trail.js';
import { CurrentCaller } from '../../shared/accept/current-caller.js';
import type { Caller } from '../../shared/decide/caller.js';
import { storableId } from '../../shared/decide/storable-text.js';
import { isVisible } from '../../shared/decide/visible-targets.js';
import { GroupLagReader } from '../emit/group-lag.reader.js';
import { MessageReader } from '../emit/message.reader.js';
import { MessageRepository } from '../emit/message.repository.js';

/** What is in the topics: one message with its chain, its record as it was written, a fixture of it, and how far the groups are. */
@Controller()
@RequirePermission('payments.read')
export class MessageController {
  constructor(
    private readonly messages: MessageRepository,
    private readonly reader: MessageReader,
    private readonly lag: GroupLagReader,
    private readonly trail: AuditTrail,
  ) {}

  @Get('consumer-groups')
  @Documented({ does: 'How far each consumer group is behind its topics.', answers: 'ConsumerGroupsView' })
  groups(@CurrentIdentity() identity: Identity): Promise<ConsumerGroupsView> {
    return this.lag.read(targetsFor(identity, 'payments.read'));
  }

  @Get('messages/:id')
  @Documented({ does: 'One message of a topic with its chain.', answers: 'MessageView', refuses: { 404: ['message.unknown'] } })
  message(@CurrentIdentity() identity: Identity, @Param('id') id: string): Promise<MessageView> {
    return this.found(identity, id);
  }

  /** The record as it was written; texts and the body only for whoever may read payloads, and the trail says that they did. */
  @Get('messages/:id/record')
  @Documented({
    does: 'The record of a message as it was written; texts only for whoever may read payloads.',
    answers: 'MessageRecordView',
    refuses: { 404: ['message.unknown'] },
  })
  async record(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<MessageRecordView> {
    const message = await this.found(caller.identity, id);
    const readable = targetsFor(caller.identity, 'payloads.read');
    const mayRead = readable.length > 0 && isVisible(readable, message.target ?? undefined);
    const record = await this.reader.read(message, mayRead);
    if (!record.masked && record.source !== 'none') await this.recordRead(message, 'shown', caller);
    return record;
  }

  @Get('messages/:id/fixture')
  @RequirePermission('payloads.read')
  @Documented({
    does: 'A fixture for tests, made of a Stripe event.',
    answers: 'MessageFixtureView',
    refuses: { 404: ['message.unknown'], 410: ['message.gone', 'message.unreadable'] },
  })
  async fixture(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<MessageFixtureView> {
    const message = await this.found(caller.identity, id);
    const { bytes, problem } = await this.reader.rawEvent(message);
    if (!bytes) throw new GoneException({ error: problem?.code ?? 'message.gone', message: problem?.text ?? 'The record has no value.' });
    const made = stripeFixture(bytes.toString('utf8'));
    if (!made)
      throw new GoneException({
        error: 'message.unreadable',
        message: 'The event is not JSON of Stripe, so no fixture can be made of it.',
      });
    await this.recordRead(message, 'taken as a fixture', caller);
    return { eventId: message.eventId, ...made };
  }

  private async found(identity: Identity, id: string): Promise<MessageView> {
    const message = await this.messages.find(storableId(id), targetsFor(identity, 'payments.read'));
    if (!message) throw new NotFoundException({ error: 'message.unknown', message: `No message is known by the id ${id}.` });
    return message;
  }

  private async recordRead({ id, target }: MessageView, how: string, { identity, address }: Caller): Promise<void> {
    const { subject, name } = identity;
    await this.trail.record({
      subject,
      name,
      action: 'payload.read',
      object: `message:${id}`,
      target,
      reason: null,
      details: { how },
      address,
    });
  }
}
