import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { EventRepository } from '../emit/event.repository.js';
import { deliveryOf } from './delivery.js';

/**
 * Consumes stripe.events.v1: every record is one delivery, and a repeated event id is a duplicate. Only ids and amounts of the body are
 * kept.
 */
@Controller()
export class RawFactConsumer {
  constructor(private readonly repository: EventRepository) {}

  @EventPattern<string>(events.stripeEventReceived.type)
  async onStripeEvent(@Payload() body: unknown, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordDelivery(deliveryOf(body, context));
  }
}
