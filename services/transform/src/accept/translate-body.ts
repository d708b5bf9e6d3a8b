import { parseBody, stripeEvent } from '../decide/stripe-event.js';
import type { StripeEvent } from '../decide/stripe-event.js';
import { translate, wishesOf } from '../decide/translate.js';
import type { Translated, TranslateSettings } from '../decide/translate.js';
import { toPinnedShape } from '../decide/version-adapters/index.js';
import type { Enricher } from '../emit/enricher.js';

export interface TranslatedBody {
  readonly event: StripeEvent;
  readonly translation: Translated;
  /** Enrichment that it went without; see {@link Enricher}. */
  readonly mark: string | undefined;
}

/** The whole way of one delivery: body, pinned shape, enrichment, facts. Throws a PipelineError for bodies that cannot be read. */
export async function translateBody(body: Uint8Array, enricher: Enricher, settings: TranslateSettings): Promise<TranslatedBody> {
  const event = stripeEvent(toPinnedShape(parseBody(body)));
  const { enrichment, mark } = await enricher.enrich(event, wishesOf(event, settings));
  return { event, translation: translate(event, enrichment, settings), mark };
}
