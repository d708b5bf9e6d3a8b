import type { Json } from '../stripe-event.js';

/**
 * Lifts events of older API versions one shape change towards the pinned shape. Pure JSON to JSON; the input is not changed.
 * An adapter looks at the version first and then at the shape: recorded events exist whose version was relabelled.
 */
export interface VersionAdapter {
  readonly name: string;
  /** The version that brought the new shape; adapters apply to events before it. Undefined: any version may have the old shape. */
  readonly changedIn: string | undefined;
  /** Type of object it adapts (`data.object.object`), undefined for the envelope. */
  readonly object: string | undefined;
  /** Whether the object (or envelope) still has the old shape. */
  readonly appliesTo: (value: Json) => boolean;
  /** The object (or envelope) in the newer shape. */
  readonly adapt: (value: Json) => Json;
}

/** The date in front of a Stripe version (`2026-08-26.dahlia`). No version (before November 2014) is older than all. */
export function isBefore(apiVersion: unknown, changedIn: string): boolean {
  return typeof apiVersion !== 'string' || apiVersion.slice(0, 10) < changedIn;
}
