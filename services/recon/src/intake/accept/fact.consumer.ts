import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import type { EventRouted, EventTranslated, PaymentReceived, PaymentSettled, PostingConcluded } from '@tributary/contracts';
import { events, headers } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { EventRepository } from '../emit/event.repository.js';
import { PaymentFactsRepository } from '../emit/payment-facts.repository.js';
import { storableTime } from '../../shared/decide/storable-text.js';

/** Consumes translation, routing and outcome events, and the payments and balance transactions that Stripe reported. */
@Controller()
export class FactConsumer {
  constructor(
    private readonly repository: EventRepository,
    private readonly payments: PaymentFactsRepository,
  ) {}

  @EventPattern<string>(events.eventTranslated.type)
  async onTranslated(@Payload() record: EventTranslated, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordTranslated(record, madeAt(context), context.key);
  }

  @EventPattern<string>(events.eventRouted.type)
  async onRouted(@Payload() record: EventRouted, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordRouted(record, madeAt(context), context.key);
  }

  @EventPattern<string>(events.paymentReceived.type)
  async onPayment(@Payload() payment: PaymentReceived, @Ctx() context: MessageContext): Promise<void> {
    await this.payments.recordPayment(payment, context.eventId);
  }

  @EventPattern<string>(events.paymentSettled.type)
  async onSettled(@Payload() fact: PaymentSettled): Promise<void> {
    await this.payments.recordSettled(fact);
  }

  @EventPattern<string>(events.postingConcluded.type)
  async onConcluded(@Payload() outcome: PostingConcluded, @Ctx() context: MessageContext): Promise<void> {
    await this.repository.recordOutcome(outcome, context.eventId, context.key);
  }
}

/** Creation time of the message, from its header, so that a redelivery has the same time. */
function madeAt(context: MessageContext): Date {
  return storableTime(Date.parse(context.headers[headers.time] ?? ''), new Date());
}
