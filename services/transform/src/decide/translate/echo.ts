import { isJsonObject } from '../stripe/stripe-object.js';
import type { StripeEvent } from '../stripe/stripe-event.js';

/** By what our own writes to Stripe are known again. */
export interface OwnWrites {
  /** Metadata keys that only we write. */
  readonly metadataKeys: ReadonlySet<string>;
  /** How the idempotency keys of our calls begin. */
  readonly idempotencyPrefix: string;
}

export const noOwnWrites: OwnWrites = { metadataKeys: new Set(), idempotencyPrefix: '' };

/**
 * Whether an event tells nothing but what we wrote to the object ourselves: a call of ours caused it, and only metadata under our own
 * keys changed. Both are asked for: a person who changes such a key by hand tells something new, and what else a call of ours may
 * one day change is a fact for the other side.
 * Source: docs/reference/stripe.md section 4: previous_attributes holds the old values of what changed, null for a new key;
 * request.idempotency_key is the key of the call that caused the event.
 */
export function isEcho(event: StripeEvent, own: OwnWrites): boolean {
  if (own.idempotencyPrefix === '' || !event.idempotencyKey?.startsWith(own.idempotencyPrefix)) return false;
  const { previous, object } = event;
  if (!previous || previous.names().join() !== 'metadata') return false;
  const [before, now] = [previous.raw('metadata'), object.raw('metadata')];
  if (!isJsonObject(before) || !isJsonObject(now)) return false;
  // Where Stripe tells the whole old hash, what is still the same has not changed.
  const changed = Object.keys(before).filter((name) => before[name] !== now[name]);
  return changed.length > 0 && changed.every((name) => own.metadataKeys.has(name));
}
