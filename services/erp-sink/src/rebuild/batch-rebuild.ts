import type { ErpBatch, ErpConnector } from '@tributary/connector-kit';
import { batchIdOf } from '@tributary/posting';
import type { EntityManager } from 'typeorm';
import type { RebuiltPosting } from './decide/evidence.js';
import { requestedDocument } from '../decide/requested-document.js';
import { grouped } from './grouped.js';
import { insertRows } from './staging.js';

interface Known {
  readonly wanted: Omit<ErpBatch, 'batchId'>;
  /** The target assigned the batch id. */
  readonly isAssigned: boolean;
  /** An operator releases the batch: the sink only looks it up. */
  readonly byPerson: boolean;
  documents: number;
  released: boolean;
  firstAt: number;
  lastAt: number;
}

/** Stop after this many unused batch ids in a row. */
const endOfDay = 1_296;
const columns =
  'target text, batch_id text, kind text, date text, bank_account text, state text, fence bigint, sent_at timestamptz, documents integer, opened_at timestamptz, last_document_at timestamptz, mode text, by_person boolean';

/** Collects the batches of the known documents while the postings are written. */
export class BatchRebuild {
  private readonly batches = new Map<string, Known>();

  constructor(private readonly connector: ErpConnector) {}

  /** @returns the batch that holds the document of the posting, or its half document. @param saidAt time of its last outcome, ms. */
  batchOf(posting: RebuiltPosting, saidAt: number): string | undefined {
    const { request, half, kind, state, postingDate } = posting;
    const reference = half ? half.reference : state === 'posted' ? posting.reference : undefined;
    if (!reference || !request) return undefined;
    const batchId = this.connector.batchIdOf?.(kind, reference);
    if (batchId === undefined) return undefined;
    const wanted = this.connector.batchOf?.(requestedDocument(request.value, this.connector, postingDate));
    if (!wanted) return undefined;
    const isAssigned = this.connector.batchMode?.(kind) === 'assigned';
    const byPerson = request.value.release === false;
    const fresh: Known = { wanted, isAssigned, byPerson, documents: 0, released: false, firstAt: saidAt, lastAt: saidAt };
    const known = this.batches.get(batchId) ?? fresh;
    known.documents += 1;
    known.released ||= posting.released;
    known.firstAt = Math.min(known.firstAt, saidAt);
    known.lastAt = Math.max(known.lastAt, saidAt);
    this.batches.set(batchId, known);
    return batchId;
  }

  /**
   * Writes the batches. A batch with a released document is released; the target is asked for the state of the others. A batch that is not
   * posted is marked as if its release had been sent, so that the sink looks it up before it releases it (I3), and takes no more documents.
   * @throws {ErpSilentError}
   */
  async write(tx: EntityManager, target: string, fence: number, at: Date, signal: AbortSignal): Promise<number> {
    const rows: object[] = [];
    for (const [batchId, known] of this.batches) {
      const state = known.released || (await this.isPosted(batchId, known, signal)) ? 'released' : 'closing';
      rows.push(this.row(target, batchId, known, state, fence, at));
    }
    rows.push(...(await this.gaps(target, fence, at, signal)));
    await insertRows(tx, 'erp_sink.batch', columns, rows);
    return rows.length;
  }

  /**
   * Batches for ids that were used or skipped, although no document of theirs is known. Ids are counted per day, and a used id must not be
   * assigned again.
   */
  private async gaps(target: string, fence: number, at: Date, signal: AbortSignal): Promise<object[]> {
    const rows: object[] = [];
    const named = [...this.batches].filter(([, { isAssigned }]) => !isAssigned).map(([batchId]) => batchId);
    for (const [date, ofDay] of grouped(named, (batchId) => this.batches.get(batchId)?.wanted.date ?? '')) {
      const known = ofDay.flatMap((batchId) => this.batches.get(batchId) ?? []);
      for (const batchId of missingIds(date, new Set(ofDay))) {
        const { like, done } = await this.stateOfGap(batchId, known, signal);
        rows.push(this.row(target, batchId, { ...like, documents: 0 }, done ? 'released' : 'closing', fence, at));
      }
    }
    return rows;
  }

  /**
   * State in the target of a batch id without a known document. The kind it was used for is not known, so each kind of that day is tried.
   */
  private async stateOfGap(
    batchId: string,
    ofDay: readonly Known[],
    signal: AbortSignal,
  ): Promise<{ readonly like: Known; readonly done: boolean }> {
    const kinds = new Map(ofDay.map((one) => [one.wanted.kind, one]));
    let posted: Known | undefined;
    for (const like of kinds.values()) {
      const { state } = (await this.connector.batchState?.(batchId, signal, like.wanted.kind)) ?? { state: 'absent' as const };
      if (state === 'posted') posted = like;
      else if (state !== 'absent') return { like, done: false };
    }
    return { like: posted ?? (ofDay[0] as Known), done: true };
  }

  private async isPosted(batchId: string, { wanted }: Known, signal: AbortSignal): Promise<boolean> {
    return (await this.connector.batchState?.(batchId, signal, wanted.kind))?.state === 'posted';
  }

  private row(target: string, batchId: string, known: Known, state: 'released' | 'closing', fence: number, at: Date): object {
    const { kind, date, partition } = known.wanted;
    return {
      target,
      batch_id: batchId,
      kind,
      date,
      bank_account: partition,
      mode: known.isAssigned ? 'assigned' : 'named',
      by_person: known.byPerson,
      state,
      fence,
      sent_at: state === 'closing' ? at : null,
      documents: known.documents,
      opened_at: new Date(known.firstAt),
      last_document_at: new Date(known.lastAt),
    };
  }
}

/** Ids of a day that precede its last used id and are not used themselves. */
function missingIds(date: string, used: ReadonlySet<string>): string[] {
  const missing: string[] = [];
  let candidates: string[] = [];
  for (let n = 0, seen = 0; seen < used.size && candidates.length < endOfDay; n += 1) {
    const batchId = batchIdOf(date, n);
    if (used.has(batchId)) {
      seen += 1;
      missing.push(...candidates);
      candidates = [];
    } else candidates.push(batchId);
  }
  return missing;
}
