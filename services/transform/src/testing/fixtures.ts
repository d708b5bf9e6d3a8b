import { readFileSync } from 'node:fs';
import { StripeObject } from '../decide/stripe-model/stripe-object.js';
import { stripeEvent } from '../decide/stripe-model/stripe-event.js';
import type { Json, StripeEvent } from '../decide/stripe-model/stripe-event.js';
import { plainSettings, translate } from '../decide/translate/translate.js';
import type { Translated, TranslateSettings } from '../decide/translate/translate.js';
import type { Enrichment } from '../decide/translate/enrichment.js';
import { toPinnedShape } from '../decide/stripe-model/version-adapters/to-pinned-shape.js';

const folder = new URL('../../../../proof/fixtures/', import.meta.url);

/** A body of proof/fixtures/stripe, by its path below it. */
export function fixture(file: string): Json {
  return JSON.parse(readFileSync(new URL(`stripe/${file}`, folder), 'utf8')) as Json;
}

/** A body of proof/fixtures/field, which is made after a public report. */
export function fieldReport(name: string): Json {
  return JSON.parse(readFileSync(new URL(`field/${name}.json`, folder), 'utf8')) as Json;
}

/** The event of a body, in the pinned shape. */
export function eventOf(body: Json): StripeEvent {
  return stripeEvent(toPinnedShape(body));
}

/** Translates a body with the given enrichment. */
export function translateBody(body: Json, enrichment: Enrichment = {}, settings: TranslateSettings = plainSettings): Translated {
  return translate(eventOf(body), enrichment, settings);
}

/** The body with fields of its object replaced; undefined removes one. */
export function withObject(body: Json, fields: Json): Json {
  const data = body.data as { object: Json };
  return JSON.parse(JSON.stringify({ ...body, data: { ...data, object: { ...data.object, ...fields } } })) as Json;
}

/** A Stripe object as enrichment gives it. */
export function objectOf(value: unknown): StripeObject {
  return StripeObject.of(value, 'enrichment');
}

/** The body with old values of changed fields; undefined for none. */
export function withPrevious(body: Json, previous: Json | undefined): Json {
  const data = body.data as Json;
  return JSON.parse(JSON.stringify({ ...body, data: { ...data, previous_attributes: previous } })) as Json;
}
