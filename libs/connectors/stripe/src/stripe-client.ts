import Stripe from 'stripe';

/**
 * Kinds of objects that are read. Lists are read whole, as `{object: 'list', data}`: the balance transactions of a payout by the payout's id,
 * the refunds of a charge by the charge's id.
 */
export type StripeObjectKind = 'customer' | 'balance_transaction' | 'charge' | 'payout_movements' | 'charge_refunds';

/** Most rows of a list that are read; a longer one is refused as a whole, never cut. */
export const maxListedRows = 100_000;
const pageRows = 100;

/** A list has more rows than are read: what is made of it would be wrong. */
export class StripeListTooLongError extends Error {
  override readonly name = 'StripeListTooLongError';
}

/** Reads single objects. Throws the errors of the SDK. */
export interface StripeClient {
  /** @returns the object as plain JSON in the asked API version. */
  retrieve(kind: StripeObjectKind, id: string, account: string | null): Promise<Readonly<Record<string, unknown>>>;
}

/** Access to Stripe's API, and the timeout of a call, ms. */
export interface StripeClientOptions {
  readonly apiKey: string;
  readonly apiUrl: string;
  readonly apiVersion: string;
  readonly timeoutMs: number;
  /** For example the egress guard's. */
  readonly fetch?: typeof fetch;
}

/** One retry after half a second: enough for a dropped connection; a longer outage is the breaker's (docs/reference/stripe.md section 6). */
const maxNetworkRetries = 1;

/** The official SDK: pinned version, no telemetry. */
export function stripeSdk(options: StripeClientOptions, retries: number): Stripe {
  const url = new URL(options.apiUrl);
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  return new Stripe(options.apiKey, {
    host: url.hostname,
    port: url.port || (protocol === 'http' ? '80' : '443'),
    protocol,
    // The SDK is typed for its own newest version; ours is pinned by configuration.
    apiVersion: options.apiVersion as typeof Stripe.API_VERSION,
    telemetry: false,
    maxNetworkRetries: retries,
    timeout: options.timeoutMs,
    ...(options.fetch ? { httpClient: Stripe.createFetchHttpClient(options.fetch) } : {}),
  });
}

/** A client that reads single objects. */
export function createStripeClient(options: StripeClientOptions): StripeClient {
  const stripe = stripeSdk(options, maxNetworkRetries);
  const retrieved: Record<StripeObjectKind, (id: string, request: Stripe.RequestOptions) => Promise<unknown>> = {
    customer: (id, request) => stripe.customers.retrieve(id, {}, request),
    balance_transaction: (id, request) => stripe.balanceTransactions.retrieve(id, {}, request),
    // One call for both: what a charge is read for is mostly its balance transaction.
    charge: (id, request) => stripe.charges.retrieve(id, { expand: ['balance_transaction'] }, request),
    payout_movements: (id, request) => whole(stripe.balanceTransactions.list({ payout: id, limit: pageRows }, request), id),
    charge_refunds: (id, request) => whole(stripe.refunds.list({ charge: id, limit: pageRows }, request), id),
  };
  return {
    async retrieve(kind, id, account) {
      const request = account === null ? {} : { stripeAccount: account };
      const object = await retrieved[kind](id, request);
      return JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
    },
  };
}

/** All pages of a list. @throws {StripeListTooLongError} */
async function whole(pages: AsyncIterable<unknown>, id: string): Promise<{ readonly object: 'list'; readonly data: readonly unknown[] }> {
  const data: unknown[] = [];
  for await (const row of pages) {
    if (data.length >= maxListedRows) throw new StripeListTooLongError(`reading the list of ${id}: more than ${maxListedRows} rows`);
    data.push(row);
  }
  return { object: 'list', data };
}
