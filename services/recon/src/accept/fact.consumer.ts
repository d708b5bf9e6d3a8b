import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EventRouted, EventTranslated, PaymentReceived, PostingConcluded } from '@tributary/contracts';
import { events, headers } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { EventRepository } from '../emit/event.repository.js';

/** What transform and erp-sink say became of each event, and what Stripe says was paid. */
@Controller()
export class FactConsumer {
  constructor(private readonly repository: EventRepository) {}

  @EventPattern<string>(events.eventTranslated.type)
  async onTranslated(@Payload() record: EventTranslated, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordTranslated(record, madeAt(context));
  }

  @EventPattern<string>(events.eventRouted.type)
  async onRouted(@Payload() record: EventRouted, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordRouted(record, madeAt(context));
  }

  @EventPattern<string>(events.paymentReceived.type)
  async onPayment(@Payload() payment: PaymentReceived, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordPayment(payment, context.eventId);
  }

  @EventPattern<string>(events.postingConcluded.type)
  async onConcluded(@Payload() outcome: PostingConcluded, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordOutcome(outcome, context.eventId);
  }
}

/** When the message was made, from its header: the same at every delivery. */
function madeAt(context: MessageContext): Date {
  const time = context.headers[headers.time];
  return time ? new Date(time) : new Date();
}
