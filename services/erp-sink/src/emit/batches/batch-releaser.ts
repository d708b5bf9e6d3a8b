import { Inject, Injectable } from '@nestjs/common';
import { counter } from '@tributary/platform';
import { BatchRepository } from './batch.repository.js';
import { erpBatchOf } from './batch-row.js';
import { ConnectorCalls } from '../calls/connector-calls.js';
import { DocumentRecorded } from '../document-recorded.js';
import { PostingAbandonedError } from '../posting.errors.js';
import { TARGET } from '../tokens.js';

const released = counter('erp_sink_batches_total', 'Batches by what became of them', ['target', 'result']);

/** Closes and releases batches: a saved document reaches the ledger only with its batch. Looks the batch up before it repeats a release (I3). */
@Injectable()
export class BatchReleaser {
  constructor(
    @Inject(BatchRepository) private readonly batches: BatchRepository,
    @Inject(ConnectorCalls) private readonly calls: ConnectorCalls,
    @Inject(DocumentRecorded) private readonly documentRecorded: DocumentRecorded,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** Takes steps of one batch until it has to wait. Outcomes of its documents are published from the ledger. */
  async process(batchId: string, signal: AbortSignal): Promise<void> {
    let stepped = await this.batches.tick(batchId);
    while (stepped.effect === 'lookup' || stepped.effect === 'release') {
      const { fence } = stepped.batch;
      if (stepped.effect === 'release' && !this.calls.fitsIn(stepped.lease))
        throw new PostingAbandonedError(
          `releasing batch ${batchId}: not sent, the lease would end before the call; the next one looks first`,
          {
            batchId,
          },
        );
      const input =
        stepped.effect === 'lookup'
          ? await this.calls.batchState({ ...erpBatchOf(stepped.raw), fence, withinMs: stepped.withinMs }, signal)
          : await this.calls.release(erpBatchOf(stepped.raw), fence, signal);
      stepped = await this.batches.report(batchId, input);
    }
    // Postings that wait for the release of these documents are resumed at once.
    this.documentRecorded.notify(stepped.released);
    if (stepped.effect === 'released' || stepped.effect === 'failed' || stepped.effect === 'unresolved')
      released.inc({ target: this.target, result: stepped.effect });
  }
}
