import { ErpSilentError } from '@tributary/connector-kit';
import type { BatchState, ErpBatch, ErpConnector, ErpDocument, ErpFound, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import { createEgressFetch } from '@tributary/platform';
import { callDeadlineCheck } from '../call-deadline.js';

/** The point of a call at which a test intervenes. */
export type CallPoint = 'prepared' | 'answered' | 'release-answered';

/** The port to an ERP in another process (erp-server.ts): a posting is a read and then a write, as in Kinetic. */
export class RemoteErp implements ErpConnector {
  readonly name = 'remote';
  readonly capabilities = new Set(['cash-receipt']);
  readonly longestCallMs = 1_000;
  onPoint: (point: CallPoint) => void = () => undefined;
  private readonly fetch: typeof fetch;

  constructor(private readonly url: string) {
    this.fetch = createEgressFetch({ allow: [url], allowInternal: true, timeoutMs: 5_000, permit: callDeadlineCheck });
  }

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    await this.ask('prepare', {}, signal);
    this.onPoint('prepared');
    const reference = await this.ask<ErpReference>('post', { key: document.postingKey, batchId: document.batchId }, signal);
    this.onPoint('answered');
    return { kind: 'posted', reference };
  }

  async find(key: string, _kind: string, signal: AbortSignal): Promise<ErpFound | undefined> {
    try {
      const reference = await this.ask<ErpReference | null>('find', { key }, signal);
      return reference ? { reference, complete: true, missing: [] } : undefined;
    } catch (error) {
      throw new ErpSilentError(`looking for ${key}`, {}, { cause: error });
    }
  }

  batchOf(): Omit<ErpBatch, 'batchId'> {
    return { kind: 'cash-group', date: '2026-11-21', partition: 'BANK' };
  }

  async openBatch({ batchId }: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    return { kind: 'posted', reference: await this.ask<ErpReference>('open', { batchId }, signal) };
  }

  async releaseBatch({ batchId }: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    await this.ask('release', { batchId }, signal);
    this.onPoint('release-answered');
    return { kind: 'posted', reference: {} };
  }

  async batchState(batchId: string, signal: AbortSignal): Promise<{ readonly state: BatchState; readonly text: string }> {
    return { state: await this.ask<BatchState>('state', { batchId }, signal), text: '' };
  }

  async probe(signal: AbortSignal): Promise<void> {
    await this.ask('prepare', {}, signal);
  }

  private async ask<T>(what: string, about: object, signal: AbortSignal): Promise<T> {
    const answer = await this.fetch(`${this.url}/${what}`, { method: 'POST', body: JSON.stringify(about), signal });
    return (await answer.json()) as T;
  }
}
