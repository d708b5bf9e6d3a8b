import { DeliveryRefusedError } from './refusal.js';

/** The fields of a Stripe Event that ingest reads; the body is published unchanged. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Seconds since the epoch, UTC. Cannot order events: docs/reference/stripe.md section 3. */
  readonly createdS: number;
  readonly livemode: boolean;
  /** Connected account; undefined for events of the endpoint's own account. */
  readonly account: string | undefined;
  /** Version the body is written in; undefined where Stripe says null. */
  readonly apiVersion: string | undefined;
  /** `data.object`: a snapshot of what the event is about. */
  readonly object: Readonly<Record<string, unknown>>;
}

/** Ids are up to 255 characters (docs/reference/stripe.md section 1); types and versions are far shorter. */
const printable = /^[\x21-\x7e]{1,255}$/;
const lastSecond = 253_402_300_799; // end of year 9999, the last that ISO 8601 writes with four digits

/**
 * Reads a parsed body as a Stripe Event (snapshot).
 *
 * Errors: DeliveryRefusedError stripe.thin-event for a v2 notification, which has no data and is delivered to another kind of endpoint;
 *         stripe.not-an-event for everything else that is not an Event, naming the first field that is wrong.
 * Source: docs/reference/stripe.md section 4. `api_version` may be null, `account` is there on Connect events only.
 */
export function fromStripeBody(body: unknown): StripeEvent {
  if (!isObject(body)) throw notAnEvent('it is not an object');
  if (body.object === 'v2.core.event')
    throw new DeliveryRefusedError(
      'stripe.thin-event',
      'the body is a thin event (v2.core.event), which has no data; create the event destination with the payload style `snapshot`',
    );
  if (body.object !== 'event') throw notAnEvent('`object` is not "event"');
  const { id, type, created, livemode, account, api_version: apiVersion, data } = body;
  if (!isPrintable(id)) throw notAnEvent('`id` is not an id');
  if (!isPrintable(type)) throw notAnEvent('`type` is not an event type');
  if (!Number.isSafeInteger(created) || (created as number) < 0 || (created as number) > lastSecond)
    throw notAnEvent('`created` is not a time in seconds');
  if (typeof livemode !== 'boolean') throw notAnEvent('`livemode` is neither true nor false');
  if (account !== undefined && account !== null && !isPrintable(account)) throw notAnEvent('`account` is not an id');
  if (apiVersion !== undefined && apiVersion !== null && !isPrintable(apiVersion)) throw notAnEvent('`api_version` is not a version');
  if (!isObject(data) || !isObject(data.object)) throw notAnEvent('`data.object` is not an object');
  return {
    id,
    type,
    createdS: created as number,
    livemode,
    account: account ?? undefined,
    apiVersion: apiVersion ?? undefined,
    object: data.object,
  };
}

function notAnEvent(what: string): DeliveryRefusedError {
  return new DeliveryRefusedError('stripe.not-an-event', `reading the body as a Stripe event: ${what}`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPrintable(value: unknown): value is string {
  return typeof value === 'string' && printable.test(value);
}
