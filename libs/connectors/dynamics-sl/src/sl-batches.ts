import type { BatchState, ErpBatch, ErpBatchKind, PostingOutcome } from '@tributary/connector-kit';
import { batchOfId } from './documents/batch-id.js';
import { equal } from './documents/screened.js';
import type { SlService } from './doors/door.js';
import type { SlClient } from './sl-client.js';
import { outcomeOf, SlRefusedError } from './sl-errors.js';
import type { SlRow } from './sl-values.js';
import { isSet, textOf } from './sl-values.js';

/** The screen that releases batches of a kind. */
const screens: Readonly<Record<ErpBatchKind, SlService>> = {
  'cash-group': 'paymentEntry',
  'invoice-group': 'invoiceAndMemo',
  'application-group': 'paymentApplication',
  'journal-group': 'journalTransactions',
};

/** What a batch is in, as its Status says. Source: docs/reference/dynamics-sl.md section 4. */
type Standing = { readonly state: BatchState; readonly text: string };

const stuck = (batch: string): string =>
  `batch ${batch} is suspended (status S): a release of it did not finish. Look at it in SL (Release AR Batches or Journal Transactions): release it there, or put it back on hold; its documents follow by themselves. It is not released again from here`;

/** Batches of one document: released by a second call, whose result only their status tells. */
export class SlBatches {
  constructor(
    private readonly client: SlClient,
    private readonly retryMs: number,
  ) {}

  /** Releases a batch. One that is released already is not released again, and one in S never. */
  async release(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    const before = await this.state(batch.batchId, signal);
    if (before.state !== 'open') return outcomeFor(before, batch);
    try {
      const { module = 'AR', batNbr = '' } = batchOfId(batch.batchId) ?? {};
      await this.client.screen(screens[batch.kind]).release({ myBatch: { Module: module, BatNbr: batNbr } }, signal);
    } catch (error) {
      return this.afterFailure(error, batch, signal);
    }
    return outcomeFor(await this.after(batch, signal), batch);
  }

  /** A refusal, and a crash of the server, may have left the batch suspended; its status tells. Behind a proxy's error it may still be at work. */
  private async afterFailure(error: unknown, batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome> {
    if (!(error instanceof SlRefusedError) || (error.status !== 200 && error.status !== 500)) throw error;
    const outcome = outcomeOf(error, { retryMs: this.retryMs });
    if (error.status === 200 && outcome.kind !== 'rejected') return outcome;
    const now = await this.after(batch, signal);
    return error.status === 500 && now?.state === 'open' ? outcome : outcomeFor(now, batch, error.text);
  }

  /** The state of a batch by its Status. */
  async state(batchId: string, signal: AbortSignal): Promise<Standing> {
    const key = batchOfId(batchId);
    const rows = key ? await this.client.rows('Batch', [equal('Module', key.module), equal('BatNbr', key.batNbr)], signal) : [];
    const [row] = rows;
    return row ? standingOf(row) : { state: 'absent', text: `batch ${batchId} is not in SL` };
  }

  /** The state after a release was sent: when it cannot be read, the outcome of the release is unknown. */
  private async after({ batchId }: ErpBatch, signal: AbortSignal): Promise<Standing | undefined> {
    try {
      return await this.state(batchId, signal);
    } catch {
      return undefined;
    }
  }
}

function standingOf(row: SlRow): Standing {
  const [status, name] = [textOf(row.Status).toUpperCase(), `${textOf(row.Module)} ${textOf(row.BatNbr)}`];
  if (isSet(row.Rlsed) || ['U', 'P', 'C'].includes(status)) return { state: 'posted', text: '' };
  if (status === 'H' || status === 'B') return { state: 'open', text: '' };
  if (status === 'S') return { state: 'failed', text: stuck(name) };
  return {
    state: 'failed',
    text: `batch ${name} has status ${status}: somebody voided or deleted it, so its documents will not reach the ledger`,
  };
}

function outcomeFor(standing: Standing | undefined, { batchId }: ErpBatch, said = ''): PostingOutcome {
  if (!standing) return { kind: 'unknown', text: `releasing batch ${batchId}: sent, its status could not be read` };
  if (standing.state === 'posted') return { kind: 'posted', reference: { batchId } };
  if (standing.state === 'absent') return { kind: 'skipped', text: standing.text };
  const text = standing.state === 'open' ? `batch ${batchId} is still on hold after its release${said ? `: ${said}` : ''}` : standing.text;
  return { kind: 'rejected', code: standing.state === 'open' ? 'sl.release-refused' : 'sl.batch-stuck', field: 'Batch.Status', text };
}
