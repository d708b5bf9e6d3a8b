import { formatMaskedFields, headers } from '@tributary/contracts';
import { keysOf } from './keys.js';
import type { StripeEvent } from './stripe-event.js';

/** Key, sequence and headers of a record of stripe.events.v1. */
export interface RawFact {
  readonly key: string;
  readonly sequence: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How and when an event was delivered. */
export interface Delivery {
  readonly endpoint: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly versionMismatch: boolean;
  /** Fields whose card numbers were masked. */
  readonly maskedPaths: readonly string[];
}

/** The raw fact of a delivery; the value of its record is the body. One record per delivery: duplicates are published and counted (I2). */
export function rawFactOf(event: StripeEvent, delivery: Delivery): RawFact {
  return {
    ...keysOf(event),
    id: event.id,
    headers: {
      [headers.subject]: event.type,
      [headers.source]: `stripe/${event.account ?? 'default'}/${delivery.endpoint}`,
      [headers.time]: new Date(event.createdS * 1_000).toISOString(),
      [headers.contentType]: 'application/json',
      [headers.endpoint]: delivery.endpoint,
      ...(event.account === undefined ? {} : { [headers.account]: event.account }),
      [headers.livemode]: String(event.livemode),
      [headers.receivedAt]: delivery.receivedAt,
      ...(delivery.versionMismatch ? { [headers.versionMismatch]: event.apiVersion ?? 'none' } : {}),
      ...(delivery.maskedPaths.length > 0 ? { [headers.masked]: formatMaskedFields(delivery.maskedPaths) } : {}),
    },
  };
}
