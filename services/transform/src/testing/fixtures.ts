import { readFileSync } from 'node:fs';
import { StripeObject } from '../decide/stripe-object.js';
import { stripeEvent } from '../decide/stripe-event.js';
import type { Json, StripeEvent } from '../decide/stripe-event.js';
import { translate } from '../decide/translate.js';
import type { Translated } from '../decide/translate.js';
import type { Enrichment } from '../decide/translation.js';
import { toPinnedShape } from '../decide/version-adapters/index.js';

const folder = new URL('../../../../proof/fixtures/stripe/', import.meta.url);

/** A body of proof/fixtures/stripe, by its path below it. */
export function fixture(file: string): Json {
  return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Json;
}

export function eventOf(body: Json): StripeEvent {
  return stripeEvent(toPinnedShape(body));
}

export function translateBody(body: Json, enrichment: Enrichment = {}): Translated {
  return translate(eventOf(body), enrichment);
}

/** The body with fields of its object replaced; undefined removes one. */
export function withObject(body: Json, fields: Json): Json {
  const data = body.data as { object: Json };
  return JSON.parse(JSON.stringify({ ...body, data: { ...data, object: { ...data.object, ...fields } } })) as Json;
}

export function objectOf(value: unknown): StripeObject {
  return StripeObject.of(value, 'enrichment');
}
