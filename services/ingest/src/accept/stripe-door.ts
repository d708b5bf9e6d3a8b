import { createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { matchEndpoint } from '../decide/endpoint-match.js';
import { maskCardNumbers } from '../decide/mask-card-numbers.js';
import { rawFactOf } from '../decide/raw-fact.js';
import type { RawFact } from '../decide/raw-fact.js';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { fromStripeBody } from '../decide/stripe-event.js';
import type { StripeEvent } from '../decide/stripe-event.js';
import type { TimeWindow } from '../decide/time-window.js';
import type { RawFactProducer } from '../emit/raw-fact.producer.js';
import type { StripeEndpoint } from '../ingest.config.js';
import { readBody } from './read-body.js';
import { verifySignature } from './verify-signature.js';

/** One HTTP request as it came. */
export interface Request {
  readonly endpoint: string;
  readonly signature: string | undefined;
  readonly body: Buffer;
  readonly receivedAt: Date;
}

/** What became of a request that was not refused. */
export interface Receipt {
  /** `dropped`: of the other mode, at an endpoint that is told to forget those. */
  readonly outcome: 'accepted' | 'dropped';
  readonly event: StripeEvent;
  readonly secretIndex: number;
  readonly fact?: RawFact;
  readonly versionMismatch: boolean;
  readonly maskedPaths: readonly string[];
}

/** The way of one delivery: verify, read, decide, make durable. Returns only when the fact is durable (I1). */
export class StripeDoor {
  private readonly endpoints: ReadonlyMap<string, { readonly rules: StripeEndpoint; readonly secrets: readonly KeyObject[] }>;

  constructor(
    endpoints: readonly StripeEndpoint[],
    private readonly window: TimeWindow,
    private readonly producer: RawFactProducer,
  ) {
    this.endpoints = new Map(
      endpoints.map((rules) => [rules.name, { rules, secrets: rules.secrets.map((secret) => createSecretKey(secret, 'utf8')) }]),
    );
  }

  has(endpoint: string): boolean {
    return this.endpoints.has(endpoint);
  }

  /** @throws {DeliveryRefusedError} with the status and the code of the answer. */
  async receive(request: Request): Promise<Receipt> {
    const endpoint = this.endpoints.get(request.endpoint);
    if (!endpoint) throw new DeliveryRefusedError('stripe.endpoint-unknown', 'there is no endpoint of that name here');
    this.producer.admit(request.body.length); // before hashing: when Kafka is away, work for nothing is not done

    const nowS = Math.floor(request.receivedAt.getTime() / 1_000);
    const { secretIndex } = verifySignature(request.body, request.signature, endpoint.secrets, nowS, this.window);
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
