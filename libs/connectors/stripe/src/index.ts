export { createStripeClient } from './stripe.client.js';
export type { StripeClient, StripeClientOptions } from './stripe.client.js';
export { pinnedApiVersion, stripeEnvironment, stripeTargetEnvironment } from './stripe.config.js';
export type { StripeEnvironment } from './stripe.config.js';
export { StripeReader } from './stripe.reader.js';
export type { Lookup, LookupOptions, StripeObjectKind, StripeReaderOptions } from './stripe.reader.js';
export { createStripeConnector, StripeConnector } from './stripe.connector.js';
export type { StripePace } from './stripe.connector.js';
export { idempotencyPrefix, postingKeyMetadata } from './to-metadata.js';
