import { Inject, Injectable, Optional } from '@nestjs/common';
import { parseBody, stripeEvent } from '../decide/stripe-model/stripe-event.js';
import type { StripeEvent } from '../decide/stripe-model/stripe-event.js';
import { toPinnedShape } from '../decide/stripe-model/version-adapters/to-pinned-shape.js';
import { enrichmentNeeded, furtherEnrichment, plainSettings, translate } from '../decide/translate/translate.js';
import type { Translated, TranslateSettings } from '../decide/translate/translate.js';
import { TRANSLATE_SETTINGS } from '../transform.tokens.js';
import { ContentEnricher } from './content-enricher.js';

/** One Stripe event and its translation. */
export interface TranslatedEvent {
  readonly event: StripeEvent;
  readonly translation: Translated;
  /** Missing objects that the facts were made without; see {@link ContentEnricher}. */
  readonly missingEnrichment: string | undefined;
}

/**
 * Translates raw Stripe events: parses the body, converts it to the pinned API version, reads the enrichment, and maps the event to facts.
 */
@Injectable()
export class StripeEventTranslator {
  /** @param settings metadata keys that identify our own writes, and the settlement currencies of the Stripe account. */
  constructor(
    @Inject(ContentEnricher) private readonly enricher: ContentEnricher,
    @Optional() @Inject(TRANSLATE_SETTINGS) private readonly settings: TranslateSettings = plainSettings,
  ) {}

  /** @throws {PipelineError} for a body that cannot be translated. */
  async translate(body: Uint8Array): Promise<TranslatedEvent> {
    const event = stripeEvent(toPinnedShape(parseBody(body)));
    const first = await this.enricher.read(enrichmentNeeded(event, this.settings), event.account);
    const further = await this.enricher.read(furtherEnrichment(event, first.enrichment, this.settings), event.account);
    const enrichment = { ...first.enrichment, ...further.enrichment };
    const missing = [first.missingEnrichment, further.missingEnrichment].filter((name) => name !== undefined);
    return {
      event,
      translation: translate(event, enrichment, this.settings),
      missingEnrichment: missing.length === 0 ? undefined : missing.join(','),
    };
  }
}
