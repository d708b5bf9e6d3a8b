import { guardAnswers } from '@tributary/platform';
import Stripe from 'stripe';
import { isListKind, wholeList } from './stripe-lists.js';
import type { StripeListKind, Turn } from './stripe-lists.js';

/** Kinds of objects that are read. The balance of the account has no id: ''. Those in the plural are whole lists ({@link StripeListKind}). */
export type StripeObjectKind = 'customer' | 'balance_transaction' | 'charge' | 'balance' | StripeListKind;

/** Reads objects and whole lists. Throws the errors of the SDK. */
export interface StripeClient {
  /**
   * @returns the object, or the list as `{object: 'list', data}` with the rows of all pages, as plain JSON in the asked API version.
   * @throws {StripeListTooLongError} for a list of more than {@link maxListedRows} rows.
   */
  retrieve(kind: StripeObjectKind, id: string, account: string | null, turn?: Turn): Promise<Readonly<Record<string, unknown>>>;
}

/** Access to Stripe's API, and the timeout of a call, ms. */
export interface StripeClientOptions {
  /** The key as it is now: each request asks, so that it can be exchanged while the process runs. */
  readonly apiKey: () => string;
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
  return new Stripe('', {
    authenticator: (request) => {
      request.headers['Authorization'] = `Bearer ${options.apiKey()}`;
      return Promise.resolve();
    },
    host: url.hostname,
    port: url.port || (protocol === 'http' ? '80' : '443'),
    protocol,
    // The SDK is typed for its own newest version; ours is pinned by configuration.
    apiVersion: options.apiVersion as typeof Stripe.API_VERSION,
    telemetry: false,
    maxNetworkRetries: retries,
    timeout: options.timeoutMs,
    // A card number that was masked in the webhook stands in the object that Stripe answers with, too.
    httpClient: Stripe.createFetchHttpClient(guardAnswers(options.fetch ?? fetch)),
  });
}

/** A client that reads single objects. */
export function createStripeClient(options: StripeClientOptions): StripeClient {
  const stripe = stripeSdk(options, maxNetworkRetries);
  const retrieved: Record<Exclude<StripeObjectKind, StripeListKind>, (id: string, request: Stripe.RequestOptions) => Promise<unknown>> = {
    customer: (id, request) => stripe.customers.retrieve(id, {}, request),
    balance_transaction: (id, request) => stripe.balanceTransactions.retrieve(id, {}, request),
    // One call for both: what a charge is read for is mostly its balance transaction.
    charge: (id, request) => stripe.charges.retrieve(id, { expand: ['balance_transaction'] }, request),
    balance: (_id, request) => stripe.balance.retrieve({}, request),
  };
  return {
    async retrieve(kind, id, account, turn = atOnce) {
      const request = account === null ? {} : { stripeAccount: account };
      const object = isListKind(kind) ? await wholeList(stripe, kind, id, request, turn) : await retrieved[kind](id, request);
      return JSON.parse(JSON.stringify(object)) as Record<string, unknown>;
    },
  };
}

/** A caller that calls seldom needs no turn. */
const atOnce: Turn = () => Promise.resolve();
