import { ErpSilentError } from '@tributary/connector-kit';
import type {
  BatchState,
  ErpBatch,
  ErpConnector,
  ErpDocument,
  ErpFound,
  ErpLineHandle,
  ErpReference,
  PostingOutcome,
} from '@tributary/connector-kit';
import { createEgressFetch } from '@tributary/platform';
import { callDeadlineCheck } from '../call-deadline.js';

/** The point of a call at which a test intervenes. */
export type CallPoint = 'prepared' | 'answered' | 'release-answered';

/** The port to an ERP in another process (erp-server.ts): a posting is a read and then a write, as in Kinetic. */
export class RemoteErp implements ErpConnector {
  readonly name = 'remote';
  readonly capabilities = new Set(['cash-receipt', 'invoice']);
  readonly longestCallMs = 1_000;
  onPoint: (point: CallPoint) => void = () => undefined;
  private readonly fetch: typeof fetch;

  constructor(private readonly url: string) {
    this.fetch = createEgressFetch({ allow: [url], allowInternal: true, timeoutMs: 5_000, permit: callDeadlineCheck });
  }

  async post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome> {
    await this.ask('prepare', {}, signal);
    this.onPoint('prepared');
    const { postingKey, batchId, lines, knownMissing } = document;
    const about = { key: postingKey, batchId, lines: lines.map(({ key }) => key), missing: knownMissing };
    const { Number: number, refused } = await this.ask<{ Number: string; refused: string[] }>('post', about, signal);
    const reference = { Number: number };
    this.onPoint('answered');
    if (refused.length === 0) return { kind: 'posted', reference };
    return { kind: 'partial', reference, missing: refused, code: 'remote.line-refused', text: `lines ${refused.join(', ')} are refused` };
  }

  async find(key: string, _kind: string, signal: AbortSignal, expected: readonly ErpLineHandle[] = []): Promise<ErpFound | undefined> {
    try {
      const found = await this.ask<{ Number: string; lines: string[] } | null>('find', { key }, signal);
      if (!found) return undefined;
      const missing = expected.map((line) => line.key).filter((line) => !found.lines.includes(line));
      return { reference: { Number: found.Number }, complete: missing.length === 0, missing };
    } catch (error) {
      throw new ErpSilentError(`looking for ${key}`, {}, { cause: error });
    }
  }

  async discard(key: string, _kind: string, _reference: ErpReference, signal: AbortSignal): Promise<PostingOutcome> {
    try {
      const isDeleted = await this.ask<boolean>('discard', { key }, signal);
      return isDeleted ? { kind: 'posted', reference: {} } : { kind: 'skipped', text: `there is no ${key}` };
    } catch {
      return { kind: 'unknown', text: 'no answer' };
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
