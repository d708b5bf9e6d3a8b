import type { PostingKey } from '@tributary/domain';

/** Attributes of a document in the ERP by which it can be named again: `CustNum`, `HeadNum`, `GroupID`, ... as text. */
export type ErpReference = Readonly<Record<string, string>>;

/** What one call did, as far as the caller can know. `unknown` means sent and unanswered: it may have been applied. */
export type PostingOutcome =
  | { readonly kind: 'posted'; readonly reference: ErpReference }
  /** An upsert found its document and changed it. */
  | { readonly kind: 'updated'; readonly reference: ErpReference }
  | { readonly kind: 'rejected'; readonly code: string; readonly field?: string; readonly text: string }
  /** Several documents could be meant, or a person has to decide: nothing was written. */
  | { readonly kind: 'ambiguous'; readonly code: string; readonly text: string }
  /** There is nothing to do (a customer to deactivate that was never there). */
  | { readonly kind: 'skipped'; readonly text: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly text: string }
  /** The row was changed by somebody else or is locked: surely not applied, may work later. */
  | { readonly kind: 'conflict'; readonly text: string }
  /** Surely not applied: refused connection, proxy 503, licence exhausted. */
  | { readonly kind: 'unavailable'; readonly code: string; readonly text: string }
  /** Credentials are refused: surely not applied, nothing will work until a person acts. */
  | { readonly kind: 'unauthorised'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** One document to be there. Fields are named and typed by its shape (libs/contracts, ERP document shapes). */
export interface ErpDocument {
  readonly postingKey: PostingKey;
  /** `customer`, `cash-receipt`, ... */
  readonly kind: string;
  readonly shape: string;
  /** Decimals are decimal text, dates `YYYY-MM-DD`, whole numbers bigint. References are already resolved into fields. */
  readonly fields: Readonly<Record<string, string | boolean | bigint | null>>;
  /** `create-once`: post makes it. `ensure`: match or create, never overwrite. `versioned-upsert`: match and change, or create. */
  readonly protocol: 'create-once' | 'ensure' | 'versioned-upsert';
  /** What an earlier posting of this key is known as, for upserts. */
  readonly known?: ErpReference;
  /** The batch (a cash group, for example) it is entered in, for kinds that have one. */
  readonly batchId?: string;
}

/** A batch of saved documents that has to be released to reach the ledger (saving is not posting). */
export interface ErpBatch {
  readonly batchId: string;
  readonly kind: string;
  readonly date: string;
  readonly bankAccount: string;
}

/** State of a batch as the ERP tells it. */
export type BatchState = 'absent' | 'open' | 'posting' | 'posted' | 'failed';

export interface ErpDocumentState {
  readonly reference: ErpReference;
  /** Decimal text in major units; undefined for master data. */
  readonly amount?: string;
  readonly currency?: string;
  /** In the ledger, not only saved. */
  readonly released: boolean;
  /** Where the money of a payment was booked to; absent where the ERP does not say, and for documents that move no money. */
  readonly clearing?: ErpClearing;
}

/** The bank account that a payment was booked to. */
export interface ErpClearing {
  readonly account: string;
  /** ISO code of the account's own currency, which may differ from that of the document. */
  readonly currency?: string;
  /** Decimal text in major units of the account's currency. */
  readonly amount?: string;
}

/** A document as a bulk look-up shows it. */
export interface ErpListedDocument extends ErpDocumentState {
  /** What it is recognised by: it belongs to a posting key that has one of these among its own marks. Compared exactly. */
  readonly marks: readonly string[];
  /** The whole posting key, where the document carries it legibly. */
  readonly plantedKey?: string;
}

export interface ErpPage {
  readonly documents: readonly ErpListedDocument[];
  /** Where the next page starts; undefined: this was the last one. */
  readonly next: string | undefined;
}

/** One HTTP call that posting a document makes. */
export interface ErpCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** Below the target's address. */
  readonly path: string;
  /** The body as it is sent, JSON; '' when there is none. Never credentials: those go in headers. */
  readonly body: string;
  /** What a person has to know: when it is made, and what the target itself adds. */
  readonly text: string;
}

export interface ErpConnector {
  readonly name: string;
  readonly capabilities: ReadonlySet<string>;
  /** Longest time one call may take, ms: leases are longer than this. */
  readonly longestCallMs: number;
  /**
   * By kind of document, and for `batch`: how long after an unanswered write the target may take to show what it commits, ms. Looks are
   * that far apart. An assumption about the target, so its source belongs beside it; what is committed later still is found by rechecks.
   */
  settleMs?(kind: string): number | undefined;

  /** Sends one document. Never retries and never looks for an earlier attempt first: libs/posting decides that (I3). Does not throw for ERP answers. */
  post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome>;

  /**
   * The calls that store, which `post` would make for this document, in order; look-ups are left out. Pure: nothing is asked, so columns
   * that the target fills in itself are not in it, and a document that could be matched or created is described as created.
   * @throws what `post` would call rejected: an Error whose message says which field is wrong.
   */
  describeCall?(document: ErpDocument): readonly ErpCall[];

  /** `undefined` means the ERP answered and has no such document; no answer throws ErpSilentError, never `undefined`. */
  find(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpReference | undefined>;

  /**
   * What the ERP itself says about a document, read for reconciliation: its amount as decimal text in its currency, and
   * whether it reached the ledger. `undefined`: answered, not there. No answer throws ErpSilentError.
   */
  read?(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined>;

  /**
   * Bulk look-up for a rebuild: documents of this kind that carry a mark of ours, a page at a time, in an order in which a document
   * that is made or deleted meanwhile hides no other one. Absent: documents are looked up one by one. No answer throws ErpSilentError.
   */
  list?(kind: string, after: string | undefined, signal: AbortSignal): Promise<ErpPage>;
  /** What `list` shows of a document with this posting key. */
  marksOf?(key: PostingKey, kind: string): readonly string[];
  /** The batch a document was entered in, by its reference. */
  batchIdOf?(kind: string, reference: ErpReference): string | undefined;

  /** For kinds entered in batches: the batch a document belongs to (bank account and date), or undefined for kinds without one. */
  batchOf?(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined;
  /** Makes sure that the batch is there and open. Idempotent. */
  openBatch?(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome>;
  /** Releases a batch: after it, its documents are in the ledger. `unknown` like post. */
  releaseBatch?(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome>;
  /** No answer throws ErpSilentError. */
  batchState?(batchId: string, signal: AbortSignal): Promise<{ readonly state: BatchState; readonly text: string }>;

  /** A cheap authenticated read that tells whether the target answers. Throws ErpSilentError or ErpUnauthorisedError. */
  probe(signal: AbortSignal): Promise<void>;
}
