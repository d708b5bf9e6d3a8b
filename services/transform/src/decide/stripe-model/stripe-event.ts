import type { Source } from '@tributary/contracts';
import { InvalidStripeObjectError } from '../errors.js';
import { isJsonObject, StripeObject } from './stripe-object.js';
import { plainText } from './stripe-text.js';

/** A parsed JSON object. */
export type Json = Record<string, unknown>;

/** A Stripe event as parsed, before and after the version adapters. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string | null;
  readonly account: string | null;
  readonly livemode: boolean;
  /** Milliseconds since the epoch, UTC; told to the second. */
  readonly createdMs: number;
  /** Idempotency key of the API call that caused the event; null when there was none, or Stripe does not say. */
  readonly idempotencyKey: string | null;
  readonly object: StripeObject;
  /** Old values of changed fields; undefined when Stripe sends none. */
  readonly previous: StripeObject | undefined;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Parses the raw body.
 * @throws {InvalidStripeObjectError} when it is not UTF-8 JSON of an object.
 */
export function parseBody(bytes: Uint8Array): Json {
  let parsed: unknown;
  try {
    parsed = JSON.parse(utf8.decode(bytes));
  } catch (error) {
    throw new InvalidStripeObjectError('reading a Stripe event: the body is not JSON', { path: '(body)' }, { cause: error });
  }
  if (!isJsonObject(parsed))
    throw new InvalidStripeObjectError('reading a Stripe event: the body is not a JSON object', { path: '(body)' });
  return parsed;
}

/**
 * The envelope of an event and its object.
 * Source: docs/reference/stripe.md section 4.
 * @throws {InvalidStripeObjectError} naming the field that is missing or of another type.
 */
export function stripeEvent(body: Json): StripeEvent {
  const event = StripeObject.of(body, 'event');
  if (event.raw('object') !== 'event')
    throw new InvalidStripeObjectError('reading a Stripe event: event.object should be "event"', { path: 'event.object' });
  const data = event.objectOrNull('data');
  if (!data)
    throw new InvalidStripeObjectError('reading a Stripe event: event.data should be an object, there is nothing', { path: 'event.data' });
  return {
    id: event.id('id'),
    type: event.id('type'),
    apiVersion: event.textOrNull('api_version'),
    account: event.idOrNull('account'),
    livemode: event.boolean('livemode'),
    createdMs: event.timeMs('created'),
    idempotencyKey: idempotencyKeyIn(event.raw('request')),
    object: StripeObject.of(data.raw('object'), 'data.object'),
    previous: data.objectOrNull('previous_attributes') ?? undefined,
  };
}

/** The key only hints at the origin of the event, so anything unexpected counts as no key. */
function idempotencyKeyIn(request: unknown): string | null {
  const key = isJsonObject(request) ? request.idempotency_key : null;
  return typeof key === 'string' ? key : null;
}

/** Where the canonical facts of an event come from. `occurredAt` has one-second resolution: never an order (I10). */
export function sourceOf(event: StripeEvent): Source {
  return {
    system: 'stripe',
    account: event.account,
    eventId: event.id,
    eventType: event.type,
    objectId: event.object.idOrNull('id') ?? '',
    apiVersion: event.apiVersion,
    livemode: event.livemode,
    occurredAt: event.createdMs,
  };
}

/** Names of the fields that Stripe says have changed, in alphabetical order; none where it tells no old values. */
export function changedFields(event: StripeEvent): string[] {
  const names = (event.previous?.names() ?? []).map(plainText).filter((name) => name !== '');
  return [...new Set(names)].sort();
}
