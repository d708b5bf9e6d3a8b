import { Controller } from '@nestjs/common';
import { Ctx, EventPattern } from '@nestjs/microservices';
import { events, headers } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { EventRepository } from '../emit/event.repository.js';

/** stripe.events.v1: only the headers are read. Every record is one delivery; a repeated event id is a duplicate. */
@Controller()
export class RawFactConsumer {
  constructor(private readonly repository: EventRepository) {}

  @EventPattern<string>(events.stripeEventReceived.type)
  async onStripeEvent(@Ctx() context: MessageContext): Promise<void> {
    const header = (name: string): string | null => context.headers[name] || null;
    await this.repository.recordDelivery({
      partition: context.partition,
      offset: context.offset,
      eventId: context.eventId,
      type: header(headers.subject) ?? 'unknown',
      endpoint: header(headers.endpoint),
      account: header(headers.account),
      receivedAt: new Date(header(headers.receivedAt) ?? header(headers.time) ?? Date.now()),
    });
  }
}
