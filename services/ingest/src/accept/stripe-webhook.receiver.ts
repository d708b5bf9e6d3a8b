import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { matchEndpoint } from '../decide/endpoint-match.js';
import { maskCardNumbers } from '@tributary/card-guard';
import { rawFactOf } from '../decide/raw-fact.js';
import type { RawFact } from '../decide/raw-fact.js';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { fromStripeBody } from '../decide/stripe-event.js';
import type { StripeEvent } from '../decide/stripe-event.js';
import type { TimeWindow } from '../decide/time-window.js';
import type { RawFactProducer } from '../emit/raw-fact.producer.js';
import { isLive } from '../decide/signing-secret.js';
import type { StripeEndpoint } from '../endpoints.js';
import { readBody } from './read-body.js';
import { verifySignature } from './verify-signature.js';

/** One webhook request of Stripe, as it arrived. */
export interface WebhookRequest {
  readonly endpoint: string;
  readonly signature: string | undefined;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

/** The result of a request that was not refused. */
export interface ReceiveResult {
  /** `dropped`: an event of the other mode, at an endpoint configured to discard those. */
  readonly outcome: 'accepted' | 'dropped';
  readonly event: StripeEvent;
  /** Which configured signing secret matched; 0 is the newest. */
  readonly secretIndex: number;
  readonly fact?: RawFact;
  /** The event is written in another API version than the endpoint is pinned to. */
  readonly versionMismatch: boolean;
  /** Fields whose card numbers were masked, one entry per masked value. */
  readonly maskedPaths: readonly string[];
}

/** Receives one webhook request: verifies, reads, decides, publishes. Returns only when the raw fact is durable (I1). */
export class StripeWebhookReceiver {
  private read: readonly StripeEndpoint[] | undefined;
  private byName: ReadonlyMap<string, { readonly rules: StripeEndpoint; readonly secrets: readonly KeyObject[] }> = new Map();

  /** @param now the endpoints as they are now: another array once they have changed. */
  constructor(
    private readonly now: () => readonly StripeEndpoint[],
    private readonly window: TimeWindow,
    private readonly producer: RawFactProducer,
  ) {}

  private get endpoints(): typeof this.byName {
    const endpoints = this.now();
    if (endpoints === this.read) return this.byName;
    this.byName = new Map(
      endpoints.map((rules) => [rules.name, { rules, secrets: rules.secrets.map(({ secret }) => createSecretKey(secret, 'utf8')) }]),
    );
    this.read = endpoints;
    return this.byName;
  }

  /** Whether an endpoint of that name is configured. */
  has(endpoint: string): boolean {
    return this.endpoints.has(endpoint);
  }

  /** @throws {DeliveryRefusedError} with the HTTP status and the error code of the answer. */
  async receive(request: WebhookRequest): Promise<ReceiveResult> {
    const endpoint = this.endpoints.get(request.endpoint);
    if (!endpoint) throw new DeliveryRefusedError('stripe.endpoint-unknown', 'there is no endpoint of that name here');
    this.producer.admit(request.body.length); // before hashing, so that nothing is computed while Kafka is unavailable

    const nowS = Math.floor(request.receivedAt.getTime() / 1_000);
    const live = endpoint.rules.secrets.flatMap((secret, index) => (isLive(secret, request.receivedAt.getTime()) ? [index] : []));
    const keys = live.map((index) => endpoint.secrets[index] as KeyObject);
    const matched = verifySignature(request.body, request.signature, keys, nowS, this.window);
    const secretIndex = live[matched.secretIndex] as number;
    const { text, json } = readBody(request.body);
    const event = fromStripeBody(json);
    const { take, versionMismatch } = matchEndpoint(event, endpoint.rules);
    if (!take) return { outcome: 'dropped', event, secretIndex, versionMismatch, maskedPaths: [] };

    const masked = maskCardNumbers(text);
    const fact = rawFactOf(event, {
      endpoint: request.endpoint,
      receivedAt: request.receivedAt.toISOString(),
      versionMismatch,
      maskedPaths: masked.paths,
    });
    await this.producer.produce(fact, masked.paths.length === 0 ? request.body : Buffer.from(masked.text, 'utf8'));
    return { outcome: 'accepted', event, secretIndex, fact, versionMismatch, maskedPaths: masked.paths };
  }
}
