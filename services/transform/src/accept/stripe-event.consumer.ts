import { Controller, Inject, Optional } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { counter } from '@tributary/platform';
import { plainSettings } from '../decide/translate.js';
import type { TranslateSettings } from '../decide/translate.js';
import { Enricher } from '../emit/enricher.js';
import { publicationsOfTranslation } from '../emit/publications.js';
import { translateBody } from './translate-body.js';

const translated = counter('transform_translated_total', 'Stripe events that translate is done with', ['type', 'result']);

/** Types from Stripe that become a metric label; any other is `other`, so that hostile types make no new series. */
const plainType = /^[a-z_]{1,40}(\.[a-z_]{1,40}){1,4}$/;

export const TRANSLATE_SETTINGS = Symbol('TranslateSettings');

@Controller()
export class StripeEventConsumer {
  /** @param settings of this installation: what it writes to Stripe itself, and the currencies that its Stripe account keeps. */
  constructor(
    @Inject(Enricher) private readonly enricher: Enricher,
    @Optional() @Inject(TRANSLATE_SETTINGS) private readonly settings: TranslateSettings = plainSettings,
  ) {}

  /** stripe.events.v1 -> canonical topics and one pipeline.event-translated. Throws a PipelineError for bodies that cannot be read. */
  @EventPattern<string>(events.stripeEventReceived.type)
  async onStripeEventReceived(@Payload() body: Uint8Array, @Ctx() context: MessageContext): Promise<Outgoing[]> {
    const { event, translation, mark } = await translateBody(body, this.enricher, this.settings);
    const type = plainType.test(event.type) ? event.type : 'other';
    translated.inc({ type, result: translation.record.ignoredReason ?? 'translated' });
    return publicationsOfTranslation(event.id, translation, context.key, mark);
  }
}
