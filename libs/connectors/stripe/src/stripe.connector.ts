import { ErpSilentError, ErpUnauthorisedError } from '@tributary/connector-kit';
import type { ErpConnector, ErpDocument, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type Stripe from 'stripe';
import { stripeSdk } from './stripe.client.js';
import type { StripeClientOptions } from './stripe.client.js';
import { failureOf, outcomeOf, reasonOf } from './stripe.errors.js';
import { idempotencyKeyOf, objectOfKey, pathOf, postingKeyMetadata, toMetadata } from './to-metadata.js';

/** Writes ids of an ERP to the metadata of Stripe objects. Source: docs/reference/stripe.md sections 6 and 7. */
export class StripeConnector implements ErpConnector {
  readonly name = 'stripe';
  readonly capabilities: ReadonlySet<string> = new Set(['metadata']);

  constructor(
    private readonly stripe: Stripe,
    /** One call per posting, without retries. */
    readonly longestCallMs: number,
  ) {}

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    const { objectType, objectId } = objectOfKey(document.postingKey);
    const path = pathOf(objectType, objectId);
    if (!path)
      return {
        kind: 'rejected',
        code: 'stripe.object-type',
        field: 'objectType',
        text: `${document.postingKey}: no metadata is written for "${objectType}"`,
      };
    if (signal.aborted) return { kind: 'unavailable', code: 'stripe.aborted', text: `${document.postingKey}: stopped before it was sent` };
    const metadata = toMetadata(document);
    try {
      await abortable(signal, this.stripe.rawRequest('POST', path, { metadata }, { idempotencyKey: idempotencyKeyOf(document, metadata) }));
      return { kind: document.protocol === 'versioned-upsert' ? 'updated' : 'posted', reference: { objectType, objectId } };
    } catch (error) {
      return outcomeOf(error, document.postingKey);
    }
  }

  async find(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpReference | undefined> {
    if (!this.capabilities.has(kind)) return undefined;
    const { objectType, objectId } = objectOfKey(key);
    const path = pathOf(objectType, objectId);
    if (!path) return undefined;
    const object = await this.retrieve(path, `looking for ${key}`, signal);
    return object?.metadata?.[postingKeyMetadata] === key ? { objectType, objectId } : undefined;
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.retrieve('/v1/balance', 'probing Stripe', signal);
  }

  private async retrieve(
    path: string,
    doing: string,
    signal: AbortSignal,
  ): Promise<{ readonly metadata?: Readonly<Record<string, string>> } | undefined> {
    try {
      return (await abortable(signal, this.stripe.rawRequest('GET', path))) as { metadata?: Record<string, string> };
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
export function createStripeConnector(options: StripeClientOptions): StripeConnector {
  return new StripeConnector(stripeSdk(options, 0), options.timeoutMs);
}

/** The SDK knows no AbortSignal: who stops waiting does not know whether it was applied. */
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
