import { Controller, Inject, Optional } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { counter } from '@tributary/platform';
import { noOwnWrites } from '../decide/echo.js';
import type { OwnWrites } from '../decide/echo.js';
import { Enricher } from '../emit/enricher.js';
import { publicationsOfTranslation } from '../emit/publications.js';
import { translateBody } from './translate-body.js';

const translated = counter('transform_translated_total', 'Stripe events that translate is done with', ['type', 'result']);

/** Types from Stripe that become a metric label; any other is `other`, so that hostile types make no new series. */
const plainType = /^[a-z_]{1,40}(\.[a-z_]{1,40}){1,4}$/;

export const OWN_WRITES = Symbol('OwnWrites');

@Controller()
export class StripeEventConsumer {
  /** @param own what this installation writes to Stripe, so that it does not come round; nothing where it writes nothing. */
  constructor(
    @Inject(Enricher) private readonly enricher: Enricher,
    @Optional() @Inject(OWN_WRITES) private readonly own: OwnWrites = noOwnWrites,
  ) {}

  /** stripe.events.v1 -> canonical topics and one pipeline.event-translated. Throws a PipelineError for bodies that cannot be read. */
  @EventPattern<string>(events.stripeEventReceived.type)
  async onStripeEventReceived(@Payload() body: Uint8Array, @Ctx() context: MessageContext): Promise<Outgoing[]> {
    const { event, translation, mark } = await translateBody(body, this.enricher, this.own);
    const type = plainType.test(event.type) ? event.type : 'other';
    translated.inc({ type, result: translation.record.ignoredReason ?? 'translated' });
    return publicationsOfTranslation(event.id, translation, context.key, mark);
  }
}
