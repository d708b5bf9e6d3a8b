import type { Reference } from '@tributary/posting';
import type { SimRequest } from './sim-request.js';
import type { World } from './world.js';

/** A document in the ERP. */
export interface SimDocument {
  readonly id: string;
  readonly postingKey: string;
  readonly kind: SimRequest['kind'];
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly batchId: string | undefined;
  /** Customers only: the version that was written last. */
  version: bigint;
  digest: string;
  released: boolean;
}

/** State of a batch in the ERP. */
export type ErpBatchState = 'open' | 'posting' | 'posted';

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
  private ids = 0;
  private readonly refusesDuplicates: boolean;

  constructor(private readonly world: World) {
    this.refusesDuplicates = world.faults.has('duplicate-refused');
  }

  /** An operator deletes all documents of a key but the first. */
  removeDuplicates(key: string): void {
    const [first, ...more] = this.byKey.get(key) ?? [];
    for (const document of more) this.documents.delete(document.id);
    if (first) this.byKey.set(key, [first]);
  }

  releaseBatch(batchId: string): void {
    this.batches.set(batchId, 'posted');
    for (const document of this.documents.values()) if (document.batchId === batchId) document.released = true;
  }

  /**
   * Commits a request: writes the customer that was matched, or creates a document.
   * @returns undefined when a second document is refused, or when the batch it should go into is closed.
   */
  commit(request: SimRequest, matched: SimDocument | undefined, batchId: string | undefined, broken: boolean): Reference | undefined {
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
    if (batchId !== undefined && !this.takesDocument(batchId, postingKey)) return undefined;
    const document: SimDocument = {
      id: `doc_${this.ids++}`,
      postingKey,
      kind,
      amountMinor,
      currency,
      batchId,
      version: request.version,
      digest: request.digest,
      released: batchId === undefined,
    };
    this.documents.set(document.id, document);
    this.byKey.set(postingKey, [...existing, document]);
    this.world.trace('erp', () => `${postingKey}: committed ${document.id}${broken ? ' LATER THAN PROMISED' : ''}`);
    this.onCommit(document, request, broken);
    return { id: document.id };
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
