import { Inject, Injectable } from '@nestjs/common';
import { ErpCannotLookUpError, ErpDuplicateDocumentError } from '@tributary/connector-kit';
import type { ErpBatch, ErpConnector, ErpDocument, ErpLineHandle, ErpPeriod, ErpReference, PostingOutcome } from '@tributary/connector-kit';
import type { PostingKey } from '@tributary/domain';
import type { Answer, BatchInput, Input } from '@tributary/posting';
import { startStopwatch } from '../../call-deadline.js';
import type { Lease } from '../../call-deadline.js';
import { CONNECTOR, TARGET } from '../tokens.js';
import { BoundedCalls, graceMs, textOf } from './bounded-calls.js';
import { CallRecord } from './call-record.js';

/** Placeholder for a missing line that the connector does not name. */
const unnamedLine = '(unnamed)';

/** A document to look up, with its lines. An answer that takes longer than `withinMs` counts as none. */
interface Looked {
  readonly key: PostingKey;
  readonly kind: string;
  readonly lines: readonly ErpLineHandle[];
  readonly fence: number;
  readonly withinMs: number | undefined;
}

/** Calls of the connector with a deadline. A missing answer, whatever its cause, is `unknown` for a write and a failed lookup for a read. */
@Injectable()
export class ConnectorCalls {
  /** Batches that this process knows to be open in the target. */
  private readonly opened = new Set<string>();

  private readonly bounded: BoundedCalls;

  constructor(
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(TARGET) target: string,
    @Inject(CallRecord) record: CallRecord,
  ) {
    this.bounded = new BoundedCalls(connector, target, record);
  }

  /** Whether a call that begins now ends before the lease does. If not, nothing may be sent, since another worker may hold the posting (I7). */
  fitsIn(lease: Lease): boolean {
    return lease.remainingMs() > this.connector.longestCallMs + graceMs;
  }

  /** Posts one document, after its batch (if it has one) is open: both within the time of one call. */
  async post(document: ErpDocument, signal: AbortSignal): Promise<Answer> {
    const { longestCallMs } = this.connector;
    const spent = startStopwatch();
    const notOpen = await this.open(document, signal);
    if (notOpen) return notOpen;
    const withinMs = longestCallMs - spent();
    if (withinMs < longestCallMs / 2)
      return { kind: 'conflict', text: `opening batch ${document.batchId} took ${Math.round(spent())} ms: too late to enter the document` };
    const outcome = await this.bounded.write('post', signal, (limit) => this.connector.post(document, limit), withinMs);
    if (document.batchId !== undefined && outcome.kind === 'rejected') this.opened.delete(document.batchId);
    return outcome;
  }

  /** Looks a document up. */
  async find({ key, kind, lines, fence, withinMs }: Looked, signal: AbortSignal): Promise<Extract<Input, { fence: number }>> {
    try {
      const found = await this.bounded.read('find', signal, (limit) => this.connector.find(key, kind, limit, lines), withinMs);
      return {
        kind: 'lookup-answered',
        fence,
        reference: found?.reference,
        // A half document is never treated as complete, even when the connector cannot name the missing lines.
        ...(found?.complete === false ? { missing: found.missing.length > 0 ? found.missing : [unnamedLine] } : {}),
      };
    } catch (error) {
      const text = `looking for ${key}: ${textOf(error)}`;
      return error instanceof ErpDuplicateDocumentError || error instanceof ErpCannotLookUpError
        ? { kind: 'lookup-ambiguous', fence, code: error.code, text }
        : { kind: 'lookup-failed', fence, text };
    }
  }

  /** Deletes a document that is not released. */
  async discard(
    { key, kind, reference }: { key: PostingKey; kind: string; reference: ErpReference },
    signal: AbortSignal,
  ): Promise<Answer> {
    const { connector } = this;
    return this.bounded.write('discard', signal, (limit) => connector.discard?.(key, kind, reference, limit) ?? missing());
  }

  async release(batch: ErpBatch, fence: number, signal: AbortSignal): Promise<Extract<BatchInput, { fence: number }>> {
    const outcome = await this.bounded.write('release', signal, (limit) =>
      this.connector.releaseBatch ? this.connector.releaseBatch(batch, limit) : Promise.resolve({ kind: 'posted', reference: {} }),
    );
    this.opened.delete(batch.batchId);
    return {
      kind: 'answered',
      fence,
      answer: outcome.kind === 'partial' ? 'unknown' : outcome.kind,
      text: 'text' in outcome ? outcome.text : '',
    };
  }

  /** Asks for the state of a batch. @param withinMs timeout; a later answer counts as none. */
  async batchState(
    { batchId, kind, fence, withinMs }: Pick<ErpBatch, 'batchId' | 'kind'> & { fence: number; withinMs: number | undefined },
    signal: AbortSignal,
  ): Promise<Extract<BatchInput, { fence: number }>> {
    try {
      const { connector } = this;
      if (!connector.batchState) return { kind: 'lookup-failed', fence, text: `${connector.name} reports no state of batches` };
      const { state, text } = await this.bounded.read(
        'batch-state',
        signal,
        async (limit) => connector.batchState?.(batchId, limit, kind) ?? missing(),
        withinMs,
      );
      return { kind: 'lookup-answered', fence, state, text };
    } catch (error) {
      return { kind: 'lookup-failed', fence, text: textOf(error) };
    }
  }

  /** The fiscal periods. @throws whatever the connector throws, and when it does not return in time. */
  async periods(signal: AbortSignal): Promise<readonly ErpPeriod[]> {
    return this.bounded.read('periods', signal, async (limit) => this.connector.periods?.(limit) ?? missing());
  }

  /** The date that decides the fiscal period of a document, `YYYY-MM-DD`. */
  postingDateOf(document: ErpDocument): string | undefined {
    return this.connector.postingDateOf?.(document);
  }

  /** Why the target does not answer; undefined when it does. */
  async problem(signal: AbortSignal): Promise<string | undefined> {
    try {
      await this.bounded.read('probe', signal, (limit) => this.connector.probe(limit));
      return undefined;
    } catch (error) {
      return textOf(error);
    }
  }

  /**
   * Opens the batch of a document. @returns why the document was not sent, when its batch is not open: the document is then certainly
   * absent.
   */
  private async open(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome | undefined> {
    const { batchId } = document;
    const wanted = batchId === undefined ? undefined : this.connector.batchOf?.(document);
    if (batchId === undefined || !wanted || !this.connector.openBatch || this.opened.has(batchId)) return undefined;
    const { connector } = this;
    const outcome = await this.bounded.write(
      'open-batch',
      signal,
      (limit) => connector.openBatch?.({ batchId, ...wanted }, limit) ?? missing(),
    );
    if (outcome.kind === 'posted' || outcome.kind === 'updated' || outcome.kind === 'skipped') {
      this.opened.add(batchId);
      return undefined;
    }
    const text = `opening batch ${batchId}: ${outcome.text}`;
    if (outcome.kind === 'unknown' || outcome.kind === 'partial') return { kind: 'conflict', text };
    return outcome.kind === 'ambiguous' ? { ...outcome, kind: 'ambiguous', text } : { ...outcome, text };
  }
}

function missing(): never {
  throw new TypeError('the connector lost a method');
}
