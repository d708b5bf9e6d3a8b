import { isJsonObject } from '../stripe-model/stripe-object.js';
import type { StripeEvent } from '../stripe-model/stripe-event.js';

/** How we recognise our own writes to Stripe. */
export interface OwnWrites {
  /** Metadata keys that only we write. */
  readonly metadataKeys: ReadonlySet<string>;
  /** How the metadata keys begin under which we plant posting keys: several documents about one object have one each. */
  readonly plantedPrefix?: string;
  /** Prefix of the idempotency keys of our calls. */
  readonly idempotencyPrefix: string;
}

/** An installation that writes nothing to Stripe. */
export const noOwnWrites: OwnWrites = { metadataKeys: new Set(), idempotencyPrefix: '' };

/**
 * Whether an event reports only our own write: one of our calls caused it, and only metadata under our own keys changed. Both conditions
 * are needed. An operator who changes such a key by hand reports something new, and so would a call of ours that changes anything else.
 * Source: docs/reference/stripe.md section 4: previous_attributes holds the old values of what changed, null for a new key;
 * request.idempotency_key is the key of the call that caused the event.
 */
export function isEcho(event: StripeEvent, own: OwnWrites): boolean {
  if (own.idempotencyPrefix === '' || !event.idempotencyKey?.startsWith(own.idempotencyPrefix)) return false;
  const { previous, object } = event;
  if (!previous || previous.names().join() !== 'metadata') return false;
  const [before, now] = [previous.raw('metadata'), object.raw('metadata')];
  if (!isJsonObject(before) || !isJsonObject(now)) return false;
  // Stripe may send the whole old hash: keys with the same value have not changed.
  const changed = Object.keys(before).filter((name) => before[name] !== now[name]);
  const { metadataKeys, plantedPrefix } = own;
  const isOurs = (name: string): boolean => metadataKeys.has(name) || (plantedPrefix !== undefined && name.startsWith(plantedPrefix));
  return changed.length > 0 && changed.every(isOurs);
}
