import { ErpDuplicateDocumentError, ErpSilentError } from '@tributary/connector-kit';
import type { BatchState, ErpBatch, ErpConnector, ErpDocument, ErpFound, ErpReference, PostingOutcome } from '@tributary/connector-kit';

/** How the fake treats posts that no script answers. */
export interface FakeErpFaults {
  /** Share of posts that commit and whose answers are lost. */
  readonly loses?: number;
  /** Share of posts that are refused temporarily. */
  readonly refuses?: number;
  /** Commits this long after the answer was lost, ms. */
  readonly commitsAfterMs?: number;
  /** Commits when this resolves, instead. */
  readonly commitsWhen?: Promise<unknown>;
}

/** A document as the fake holds it. */
export interface FakeDocument {
  readonly key: string;
  readonly batchId: string | undefined;
  readonly fields: ErpDocument['fields'];
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * An ERP without idempotency keys: every post makes a document, even with a key that exists already. Kinds: customer; cash-receipt, in
 * batches.
 */
export class FakeErp implements ErpConnector {
  readonly name = 'fake';
  readonly capabilities: ReadonlySet<string> = new Set(['customer', 'cash-receipt']);
  readonly longestCallMs = 500;
  /** Every document that was ever written: one posting key twice is a double posting. */
  readonly documents: FakeDocument[] = [];
  readonly batches = new Map<string, BatchState>();
  posts = 0;
  releases = 0;
  silent = false;
  faults: FakeErpFaults = {};
  /** Answers the next posts of a key, in order, instead of posting them. */
  readonly answers = new Map<string, PostingOutcome[]>();
  /** Scripted answers to the next releases, in order; nothing is released. */
  readonly releaseAnswers: PostingOutcome[] = [];
  onPost: (document: ErpDocument) => Promise<void> = () => Promise.resolve();

  constructor(private readonly random: () => number = seeded(1)) {}

  async post(document: ErpDocument): Promise<PostingOutcome> {
    this.posts += 1;
    await this.onPost(document);
    const scripted = this.answers.get(document.postingKey)?.shift();
    if (scripted) return scripted;
    const { loses = 0, refuses = 0, commitsAfterMs = 0, commitsWhen } = this.faults;
    const chance = this.random();
    if (chance < refuses) return this.refusal(chance / refuses);
    if (chance >= refuses + loses) return { kind: document.known ? 'updated' : 'posted', reference: this.commit(document) };
    if (commitsWhen) void commitsWhen.then(() => this.commit(document));
    else if (commitsAfterMs > 0) setTimeout(() => this.commit(document), commitsAfterMs);
    else this.commit(document);
    return { kind: 'unknown', text: 'the connection broke after the request was sent' };
  }

  find(key: string): Promise<ErpFound | undefined> {
    if (this.silent) return Promise.reject(new ErpSilentError('looking: no answer'));
    const found = this.documents.flatMap((document, index) =>
      document.key === key ? [{ reference: reference(index), complete: true, missing: [] }] : [],
    );
    if (found.length > 1)
      return Promise.reject(
        new ErpDuplicateDocumentError(
          `looking for ${key}: there are ${found.length}: ${found.map((one) => one.reference.Number).join(', ')}`,
        ),
      );
    return Promise.resolve(found[0]);
  }

  batchOf(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined {
    return document.kind === 'cash-receipt' ? { kind: 'cash-group', date: '2026-11-21', partition: 'BANK' } : undefined;
  }

  batchIdOf(kind: string, { Number: number }: ErpReference): string | undefined {
    return kind === 'cash-receipt' ? this.documents[Number(number) - 1_000]?.batchId : undefined;
  }

  openBatch({ batchId }: ErpBatch): Promise<PostingOutcome> {
    if (!this.batches.has(batchId)) this.batches.set(batchId, 'open');
    return Promise.resolve({ kind: 'posted', reference: { GroupID: batchId } });
  }

  releaseBatch({ batchId }: ErpBatch): Promise<PostingOutcome> {
    this.releases += 1;
    const scripted = this.releaseAnswers.shift();
    if (scripted) return Promise.resolve(scripted);
    if (this.batches.get(batchId) !== 'open') return Promise.resolve({ kind: 'rejected', code: 'fake.twice', text: 'released twice' });
    this.batches.set(batchId, 'posted');
    return Promise.resolve(
      this.random() < (this.faults.loses ?? 0) ? { kind: 'unknown', text: 'lost' } : { kind: 'posted', reference: {} },
    );
  }

  batchState(batchId: string): Promise<{ readonly state: BatchState; readonly text: string }> {
    if (this.silent) return Promise.reject(new ErpSilentError('looking: no answer'));
    return Promise.resolve({ state: this.batches.get(batchId) ?? 'absent', text: '' });
  }

  probe(): Promise<void> {
    return Promise.resolve();
  }

  protected commit({ postingKey, batchId, fields, known }: ErpDocument): ErpReference {
    if (batchId !== undefined && this.batches.get(batchId) !== 'open')
      throw new Error(`${postingKey} entered in batch ${batchId}, which is not open`);
    if (known) return known;
    this.documents.push({ key: postingKey, batchId, fields });
    return reference(this.documents.length - 1);
  }

  private refusal(chance: number): PostingOutcome {
    if (chance < 0.34) return { kind: 'throttled', retryAfterMs: 5, text: 'too many requests' };
    if (chance < 0.67) return { kind: 'conflict', text: 'row is locked' };
    return { kind: 'unavailable', code: 'fake.unavailable', text: 'no licence' };
  }
}

/** Reference of the n-th document of the fake. */
export function reference(index: number): ErpReference {
  return { Number: String(1_000 + index), CustNum: String(1_000 + index) };
}
