import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { counter } from '@tributary/platform';
import { publicationsOfTranslation } from '../emit/publications.js';
import { StripeEventTranslator } from './stripe-event.translator.js';

const translated = counter('transform_translated_total', 'Stripe events that translate is done with', ['type', 'result']);

/** Event types that are used as a metric label. Any other type counts as `other`, so that invented types cannot create new time series. */
const plainType = /^[a-z_]{1,40}(\.[a-z_]{1,40}){1,4}$/;

/** Consumes raw Stripe events and publishes their translations. */
@Controller()
export class StripeEventConsumer {
  constructor(@Inject(StripeEventTranslator) private readonly translator: StripeEventTranslator) {}

  /** stripe.events.v1 -> canonical topics and one pipeline.event-translated. @throws {PipelineError} for a body that cannot be translated. */
  @EventPattern<string>(events.stripeEventReceived.type)
  async onStripeEventReceived(@Payload() body: Uint8Array, @Ctx() context: MessageContext): Promise<Outgoing[]> {
    const { event, translation, missingEnrichment } = await this.translator.translate(body);
    const type = plainType.test(event.type) ? event.type : 'other';
    translated.inc({ type, result: translation.record.ignoredReason ?? 'translated' });
    return publicationsOfTranslation(event.id, translation, context.key, missingEnrichment);
  }
}
