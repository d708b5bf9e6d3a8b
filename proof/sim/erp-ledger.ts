import type { Reference } from '@tributary/posting';
import { ErpBooks } from './erp-books.js';
import type { SimDocument } from './sim-document.js';
import type { SimLine, SimRequest } from './sim-request.js';
import type { World } from './world.js';

/** State of a batch in the ERP. */
export type ErpBatchState = 'open' | 'posting' | 'posted';

/** Instead of a batch id: the ERP assigns one with the document. */
export const assignedBatch = 'assigned';

/** The reference that the connector gives for a document. */
export function referenceOf({ id, batchId }: SimDocument): Reference {
  return { id, ...(batchId === undefined ? {} : { batchId }) };
}

/** How long the ERP may continue after the caller gave up: the connector's settle time, ms. */
export const settleMs = 2_000;

/** The ERP's own books, and the outages that faults bring about. It has no idempotency keys: every call may create a document. */
export class ErpLedger {
  readonly documents = new Map<string, SimDocument>();
  readonly byKey = new Map<string, SimDocument[]>();
  readonly batches = new Map<string, ErpBatchState>();
  /** Keys that may have a second document because the ERP committed later than its connector promises: those must be detected. */
  readonly brokenPromises = new Set<string>();
  /** Posting keys whose record somebody else has open, and until when. */
  readonly locked = new Map<string, number>();
  downUntil = 0;
  silentUntil = 0;
  closedUntil = 0;
  throttledUntil = 0;
  /** Whether an operator corrected the master data that made documents bad. */
  mended = false;
  /** Called before a document is created or changed. `broken`: later than the connector promises. */
  onCommit: (document: SimDocument, request: SimRequest, broken: boolean) => void = () => undefined;
  /** Called when a document gets into the books. `difference`: debits less credits of its entry. */
  onRelease: (document: SimDocument, difference: bigint) => void = () => undefined;
  readonly books = new ErpBooks();
  private ids = 0;
  private assigned = 0;
  private readonly refusesDuplicates: boolean;

  constructor(private readonly world: World) {
    this.refusesDuplicates = world.faults.has('duplicate-refused');
  }

  /** An operator deletes all documents of a key but the first. */
  removeDuplicates(key: string): void {
    const [first, ...more] = this.byKey.get(key) ?? [];
    for (const document of more) {
      if (document.released && document.kind !== 'customer') this.books.post(document, -1n);
      this.documents.delete(document.id);
    }
    if (first) this.byKey.set(key, [first]);
  }

  releaseBatch(batchId: string): void {
    this.batches.set(batchId, 'posted');
    for (const document of this.documents.values()) {
      if (document.batchId !== batchId || document.released) continue;
      document.released = true;
      this.onRelease(document, this.books.post(document));
    }
  }

  /** Adds rows to a document, as often as it is told: it knows no handles. @returns whether it takes them. */
  append(id: string, lines: readonly SimLine[]): boolean {
    const document = this.documents.get(id);
    if (!document || document.released) return false;
    document.lines = [...document.lines, ...lines];
    this.world.trace('erp', () => `${document.postingKey}: ${lines.map(({ key }) => key).join(', ')} added to ${id}`);
    return true;
  }

  /** Deletes a document of that key which is not released. @returns what became of it. */
  discard(id: string, key: string): 'deleted' | 'absent' | 'released' {
    const document = this.documents.get(id);
    if (!document || document.postingKey !== key) return 'absent';
    if (document.released) return 'released';
    this.documents.delete(id);
    this.byKey.set(
      key,
      (this.byKey.get(key) ?? []).filter((one) => one !== document),
    );
    this.world.trace('erp', () => `${key}: ${id} is deleted`);
    return 'deleted';
  }

  /**
   * Commits a request: writes the customer that was matched, or creates a document.
   * @param batchId `assigned`: the ERP gives the document a batch of its own.
   * @param lines the rows that are stored.
   * @returns undefined when a second document is refused, or when the batch it should go into is closed.
   */
  commit(
    request: SimRequest,
    matched: SimDocument | undefined,
    batchId: string | undefined,
    broken: boolean,
    lines: readonly SimLine[] = request.lines,
  ): Reference | undefined {
    const { postingKey, kind, amountMinor, currency, protocol } = request;
    if (kind === 'customer' && matched) {
      if (protocol === 'versioned-upsert') this.write(matched, request, broken);
      return { id: matched.id };
    }
    const existing = this.byKey.get(postingKey) ?? [];
    if (existing.length > 0 && this.refusesDuplicates) {
      this.world.faults.count('duplicate-refused');
      return undefined;
    }
    const batch = batchId === assignedBatch ? `B${this.assigned++}` : batchId;
    if (batch !== undefined && !this.takesDocument(batch, postingKey)) return undefined;
    const document: SimDocument = {
      id: `doc_${this.ids++}`,
      postingKey,
      kind,
      amountMinor,
      currency,
      batchId: batch,
      header: request.header,
      lines,
      applies: request.applies,
      version: request.version,
      digest: request.digest,
      released: batch === undefined,
    };
    this.documents.set(document.id, document);
    this.byKey.set(postingKey, [...existing, document]);
    this.world.trace('erp', () => `${postingKey}: committed ${document.id}${broken ? ' LATER THAN PROMISED' : ''}`);
    this.onCommit(document, request, broken);
    return referenceOf(document);
  }

  private takesDocument(batchId: string, postingKey: string): boolean {
    const state = this.batches.get(batchId) ?? 'open';
    if (state !== 'open') {
      this.world.trace('erp', () => `${postingKey}: batch ${batchId} is ${state}: not entered`);
      return false;
    }
    this.batches.set(batchId, 'open');
    return true;
  }

  private write(document: SimDocument, request: SimRequest, broken: boolean): void {
    this.world.trace('erp', () => `${request.postingKey}: ${document.version} -> ${request.version}`);
    this.onCommit(document, request, broken);
    document.version = request.version;
    document.digest = request.digest;
  }
}
