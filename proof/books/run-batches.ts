import type { ErpBatch, ErpConnector, PostingOutcome } from '@tributary/connector-kit';
import { batchIdOf, defaultBatchPolicy, newBatch, stepBatch } from '@tributary/posting';
import type { Batch, BatchInput } from '@tributary/posting';
import type { RunPosting } from './run-posting.js';

interface RunBatch {
  readonly wanted: ErpBatch;
  batch: Batch;
}

const signal = new AbortController().signal;

/** The batches of a run: those that the sink names, and those that the target assigns to each document. */
export class RunBatches {
  private readonly batches = new Map<string, RunBatch>();

  /** @param isKilled see InProcessSink. */
  constructor(
    private readonly connector: ErpConnector,
    private readonly isKilled: () => boolean,
  ) {}

  /** A batch is not released yet. */
  isUnderWay(): boolean {
    return [...this.batches.values()].some(({ batch }) => !['released', 'failed'].includes(batch.state));
  }

  /** Changes when anything happened. */
  fingerprint(): unknown {
    return [...this.batches.values()].map(({ batch }) => [batch.state, batch.fence]);
  }

  /** The open named batch that a document goes into. */
  async open(
    wanted: Omit<ErpBatch, 'batchId'>,
    kept: string | undefined,
    now: number,
  ): Promise<{ readonly batchId: string } | PostingOutcome> {
    const isLike = ([id, one]: [string, RunBatch]): boolean =>
      one.batch.state === 'open' &&
      (id === kept || (one.wanted.kind === wanted.kind && one.wanted.date === wanted.date && one.wanted.partition === wanted.partition));
    const open = [...this.batches].find(isLike);
    const batchId = open?.[0] ?? batchIdOf(wanted.date, this.batches.size);
    const opened = await this.connector.openBatch?.({ ...wanted, batchId }, signal);
    if (opened && opened.kind !== 'posted' && opened.kind !== 'updated' && opened.kind !== 'skipped')
      return opened.kind === 'unknown' || opened.kind === 'partial' ? { kind: 'conflict', text: `opening batch ${batchId}` } : opened;
    const batch: Batch = open?.[1].batch ?? { ...newBatch, openedAt: now };
    this.batches.set(batchId, {
      wanted: { ...wanted, batchId },
      batch: { ...batch, documents: batch.documents + 1, lastDocumentAt: now },
    });
    return { batchId };
  }

  /** The batch that the target gave a saved document; undefined for a document without one. See AssignedBatches of erp-sink. */
  assigned({ request, posting, document }: RunPosting, now: number): string | undefined {
    const { connector } = this;
    if (posting.state !== 'posted' || !posting.reference || connector.batchMode?.(request.kind) !== 'assigned') return undefined;
    const batchId = connector.batchIdOf?.(request.kind, posting.reference);
    const wanted = document && connector.batchOf?.(document);
    if (!batchId || !wanted) return undefined;
    const batch: Batch = { ...newBatch, state: 'closing', documents: 1, openedAt: now, lastDocumentAt: now };
    this.batches.set(batchId, { wanted: { ...wanted, batchId }, batch });
    return batchId;
  }

  /** One look at every batch, as the sweeper has. */
  async tick(postings: readonly RunPosting[], now: number): Promise<void> {
    for (const [batchId, one] of this.batches) {
      const members = postings.filter((row) => row.batchId === batchId);
      const isUnfinished = ({ posting }: RunPosting): boolean =>
        posting.state === 'claimed' || posting.state === 'unknown' || posting.sentAt !== undefined;
      const unfinished = members.filter(isUnfinished).length;
      const unreleased = members.filter(({ posting, released }) => posting.state === 'posted' && !released).length;
      let input: BatchInput | undefined = { kind: 'ticked', unfinished, unreleased, needed: true };
      while (input) {
        const stepped = stepBatch(one.batch, input, now, defaultBatchPolicy);
        one.batch = stepped.batch;
        input = undefined;
        for (const effect of stepped.effects) {
          if (effect.kind === 'released') for (const row of members) row.released = row.posting.reference !== undefined;
          if (effect.kind === 'lookup') input = await this.state(one);
          if (effect.kind === 'release') input = await this.release(one);
        }
      }
    }
  }

  private async release({ wanted, batch }: RunBatch): Promise<BatchInput | undefined> {
    const outcome = (await this.connector.releaseBatch?.(wanted, signal)) ?? { kind: 'posted' as const };
    if (this.isKilled()) return undefined;
    return {
      kind: 'answered',
      fence: batch.fence,
      answer: outcome.kind === 'partial' ? 'unknown' : outcome.kind,
      text: 'text' in outcome ? outcome.text : '',
    };
  }

  private async state({ wanted, batch }: RunBatch): Promise<BatchInput | undefined> {
    try {
      const found = await this.connector.batchState?.(wanted.batchId, signal, wanted.kind);
      return found
        ? { kind: 'lookup-answered', fence: batch.fence, ...found }
        : { kind: 'lookup-failed', fence: batch.fence, text: 'no state' };
    } catch (error) {
      return { kind: 'lookup-failed', fence: batch.fence, text: String((error as Error).message) };
    }
  }
}
