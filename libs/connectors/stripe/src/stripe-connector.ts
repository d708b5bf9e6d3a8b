import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { ErpSilentError, ErpUnauthorisedError } from '@tributary/connector-kit';
import type { ErpConnector, ErpDocument, ErpFound, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type Stripe from 'stripe';
import { stripeSdk } from './stripe-client.js';
import type { StripeClientOptions } from './stripe-client.js';
import { failureOf, isMissing, isRepeatedFailure, outcomeOf, reasonOf } from './stripe-errors.js';
import { idempotencyKeyOf, objectOfKey, pathOf, plantedUnder, toMetadata } from './to-metadata.js';
import { TokenBucket } from './token-bucket.js';

/** Rate limit of the calls of one process. */
export interface StripePace {
  readonly ratePerSecond: number;
  /** Longest wait for a token of the bucket, ms. A document that would wait longer is throttled. */
  readonly maxWaitMs: number;
}

interface Metadata {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly deleted?: boolean;
}

/** One read, and at most one write that has an effect. */
const callsPerDocument = 3; // the write may have to be sent under another key

/** Writes ids of an ERP to the metadata of Stripe objects. Source: docs/reference/stripe.md sections 6 and 7. */
export class StripeConnector implements ErpConnector {
  readonly name = 'stripe';
  readonly capabilities: ReadonlySet<string> = new Set(['metadata']);
  readonly numberKeys: readonly string[] = ['objectId'];
  readonly longestCallMs: number;
  readonly callsPerSecond: number;
  private readonly bucket: TokenBucket;

  constructor(
    private readonly stripe: Stripe,
    timeoutMs: number,
    private readonly pace: StripePace,
    now: () => number = Date.now,
  ) {
    this.callsPerSecond = pace.ratePerSecond;
    this.longestCallMs = callsPerDocument * (timeoutMs + pace.maxWaitMs);
    this.bucket = new TokenBucket({ ...pace, burst: Math.max(1, Math.floor(pace.ratePerSecond)) }, now);
  }

  /**
   * Makes sure that the object has the metadata of the document: reads it, and writes the keys that differ, if any do. All other keys stay
   * as they are, since Stripe merges metadata key by key. An object that does not exist, or was deleted, is skipped.
   */
  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    const { postingKey } = document;
    const { objectType, objectId } = objectOfKey(postingKey);
    const path = pathOf(objectType, objectId);
    if (!path)
      return {
        kind: 'rejected',
        code: 'stripe.object-type',
        field: 'objectType',
        text: `${postingKey}: no metadata is written for "${objectType}"`,
      };
    const found = await this.metadataNow(path, postingKey, signal);
    if (found.kind !== 'found') return found;
    const changes = changesTo(found.metadata, toMetadata(document));
    const failure = Object.keys(changes).length === 0 ? undefined : await this.write(path, document, found.metadata, changes, signal);
    return failure ?? { kind: document.protocol === 'versioned-upsert' ? 'updated' : 'posted', reference: { objectType, objectId } };
  }

  /** The metadata as it is now, or how the document ended before anything was written. */
  private async metadataNow(
    path: string,
    postingKey: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'found'; readonly metadata: Readonly<Record<string, string>> } | PostingOutcome> {
    try {
      if (!(await this.turn(signal))) return this.throttled(postingKey);
      const object = (await abortable(signal, this.stripe.rawRequest('GET', path))) as Metadata;
      return object.deleted === true ? gone(path, postingKey) : { kind: 'found', metadata: object.metadata ?? {} };
    } catch (error) {
      if (isMissing(error)) return gone(path, postingKey);
      const outcome = outcomeOf(error, postingKey);
      // Only a read was sent, so nothing was written.
      return outcome.kind === 'unknown' ? { kind: 'unavailable', code: 'stripe.silent', text: outcome.text } : outcome;
    }
  }

  /** @returns the outcome of a failure; undefined when it was written. */
  private async write(
    path: string,
    document: ErpDocument,
    before: Readonly<Record<string, string>>,
    metadata: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<PostingOutcome | undefined> {
    const { postingKey } = document;
    let sending = false;
    try {
      if (!(await this.turn(signal))) return this.throttled(postingKey);
      sending = true;
      await this.send(path, metadata, idempotencyKeyOf(document, before, metadata), signal);
      return undefined;
    } catch (error) {
      if (isMissing(error)) return gone(path, postingKey);
      return sending
        ? outcomeOf(error, postingKey)
        : { kind: 'unavailable', code: 'stripe.aborted', text: `${postingKey}: stopped before it was sent` };
    }
  }

  private async send(path: string, metadata: Readonly<Record<string, string>>, idempotencyKey: string, signal: AbortSignal): Promise<void> {
    const post = (key: string): Promise<unknown> =>
      abortable(signal, this.stripe.rawRequest('POST', path, { metadata }, { idempotencyKey: key }));
    try {
      await post(idempotencyKey);
    } catch (error) {
      // Stripe repeats a 500 for its idempotency key for a day. This call had no effect, and the read before shows that the first had none.
      if (!isRepeatedFailure(error)) throw error;
      await post(`${idempotencyKey}:${randomUUID()}`);
    }
  }

  /** Waits for a token of the bucket. @returns false when that would take too long. @throws when the signal is aborted. */
  private async turn(signal: AbortSignal): Promise<boolean> {
    const waitMs = this.bucket.take();
    if (waitMs === undefined) return false;
    await delay(waitMs, undefined, { signal });
    return true;
  }

  private throttled(postingKey: string): PostingOutcome {
    const retryAfterMs = this.pace.maxWaitMs;
    return {
      kind: 'throttled',
      retryAfterMs,
      text: `${postingKey}: not sent: no turn within ${retryAfterMs} ms at ${this.pace.ratePerSecond} calls a second`,
    };
  }

  async find(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpFound | undefined> {
    if (!this.capabilities.has(kind)) return undefined;
    const { objectType, objectId } = objectOfKey(key);
    const path = pathOf(objectType, objectId);
    if (!path) return undefined;
    const object = await this.retrieve(path, `looking for ${key}`, signal);
    return object?.metadata?.[plantedUnder(key)] === key ? { reference: { objectType, objectId }, complete: true, missing: [] } : undefined;
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.retrieve('/v1/balance', 'probing Stripe', signal);
  }

  private async retrieve(path: string, doing: string, signal: AbortSignal): Promise<Metadata | undefined> {
    try {
      return (await abortable(signal, this.stripe.rawRequest('GET', path))) as Metadata;
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'absent') return undefined;
      const cause = new Error(reasonOf(error)); // the SDK's own error holds headers
      if (failure === 'refused') throw new ErpUnauthorisedError(`${doing}: Stripe refuses (${reasonOf(error)})`, {}, { cause });
      throw new ErpSilentError(`${doing}: Stripe gave no answer (${reasonOf(error)})`, {}, { cause });
    }
  }
}

/** A connector for one Stripe account. It never retries: libs/posting decides that. */
export function createStripeConnector(options: StripeClientOptions & StripePace): StripeConnector {
  return new StripeConnector(stripeSdk(options, 0), options.timeoutMs, options);
}

/** The metadata keys whose value differs from the wanted one. */
function changesTo(now: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => (Object.hasOwn(now, name) ? now[name] : '') !== value));
}

function gone(path: string, postingKey: string): PostingOutcome {
  return { kind: 'skipped', text: `${postingKey}: Stripe has no object ${path} (any more), so there is nothing to write to` };
}

/** The SDK takes no AbortSignal: a caller that stops waiting does not know whether the call was applied. */
async function abortable<Value>(signal: AbortSignal, call: Promise<Value>): Promise<Value> {
  call.catch(() => undefined);
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Error('aborted'));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([call, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
