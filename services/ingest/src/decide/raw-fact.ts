import { formatMaskedFields, headers } from '@tributary/contracts';
import { keysOf } from './keys.js';
import type { StripeEvent } from './stripe-event.js';

/** A delivery as it goes into stripe.events.v1. */
export interface RawFact {
  readonly key: string;
  readonly sequence: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Delivery {
  readonly endpoint: string;
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly versionMismatch: boolean;
  /** Where card numbers were masked. */
  readonly maskedPaths: readonly string[];
}

/** Key, sequence and headers of the record; its value is the body. One record per delivery: duplicates are kept and counted (I2). */
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
