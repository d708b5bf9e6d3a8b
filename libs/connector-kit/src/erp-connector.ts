import type { PostingKey } from '@tributary/domain';

/** The attributes that identify a document in the ERP, as text: a customer number, a receipt number, a batch id. */
export type ErpReference = Readonly<Record<string, string>>;

/** The outcome of one call, as far as the caller can know. `unknown`: sent and unanswered, so it may have been applied. */
export type PostingOutcome =
  | { readonly kind: 'posted'; readonly reference: ErpReference }
  /** An upsert found its document and changed it. */
  | { readonly kind: 'updated'; readonly reference: ErpReference }
  | { readonly kind: 'rejected'; readonly code: string; readonly field?: string; readonly text: string }
  /** Several documents could be meant, or a person has to decide: nothing was written. */
  | { readonly kind: 'ambiguous'; readonly code: string; readonly text: string }
  /** There is nothing to do, for example a customer to deactivate that the ERP does not have. */
  | { readonly kind: 'skipped'; readonly text: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number; readonly text: string }
  /** Somebody else changed the row, or it is locked. Certainly not applied; a later attempt may succeed. */
  | { readonly kind: 'conflict'; readonly text: string }
  /** Certainly not applied: connection refused, a proxy answered 503, or no licence is free. */
  | { readonly kind: 'unavailable'; readonly code: string; readonly text: string }
  /** The credentials are refused. Certainly not applied; nothing succeeds until a person acts. */
  | { readonly kind: 'unauthorised'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** A document that the ERP shall hold. Its shape (shapes.ts of the connector) names and types the fields. */
export interface ErpDocument {
  readonly postingKey: PostingKey;
  /** `customer`, `cash-receipt`, ... */
  readonly kind: string;
  readonly shape: string;
  /** Decimals are decimal text, dates `YYYY-MM-DD`, whole numbers bigint. References are already resolved into fields. */
  readonly fields: Readonly<Record<string, string | boolean | bigint | null>>;
  /** `create-once`: created. `ensure`: matched or created, never overwritten. `versioned-upsert`: matched and changed, or created. */
  readonly protocol: 'create-once' | 'ensure' | 'versioned-upsert';
  /** The reference that the posting ledger has for this key, from an earlier posting or a person's decision. It wins over any look-up. */
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

/** State of a batch in the ERP. */
export type BatchState = 'absent' | 'open' | 'posting' | 'posted' | 'failed';

export interface ErpDocumentState {
  readonly reference: ErpReference;
  /** Decimal text in major units; undefined for master data. */
  readonly amount?: string;
  readonly currency?: string;
  /** Posted to the ledger, not only saved. */
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
  /** It belongs to the posting key that has one of these marks (see `marksOf`). Compared exactly. */
  readonly marks: readonly string[];
  /** The whole posting key, where the document carries it and not a digest of it. */
  readonly plantedKey?: string;
}

export interface ErpPage {
  readonly documents: readonly ErpListedDocument[];
  /** Cursor of the next page; undefined after the last one. */
  readonly next: string | undefined;
}

/** One HTTP call that posting a document makes, for a dry run. */
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
  /** Longest time one call may take, ms. Leases must be longer. */
  readonly longestCallMs: number;
  /**
   * By kind of document, and for `batch`: how long after an unanswered write the target may take to show what it commits, ms. Looks are
   * that far apart. An assumption about the target, so its source belongs beside it; what is committed later still is found by rechecks.
   */
  settleMs?(kind: string): number | undefined;

  /** Sends one document, once. It neither retries nor looks for an earlier attempt: libs/posting decides that (I3). Answers of the ERP are outcomes, not exceptions. */
  post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome>;

  /**
   * The calls that store, which `post` would make for this document, in order; look-ups are left out. Pure: the target is not called, so columns
   * that the target fills in itself are not in it, and a document that could be matched or created is described as created.
   * @throws what `post` would call rejected: an Error whose message says which field is wrong.
   */
  describeCall?(document: ErpDocument): readonly ErpCall[];

  /** Looks a document up by its posting key. `undefined`: the ERP answered that it has none. @throws {ErpSilentError} without an answer. */
  find(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpReference | undefined>;

  /**
   * The state of a document in the ERP, for reconciliation: amount, currency, whether it reached the ledger, where it was booked to.
   * `undefined`: the ERP answered that it has none. @throws {ErpSilentError} without an answer.
   */
  read?(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined>;

  /**
   * Bulk look-up for a rebuild: documents of this kind that carry a mark of ours, a page at a time, in an order in which a document
   * that is made or deleted meanwhile hides no other one. Without this method documents are looked up one by one. @throws {ErpSilentError} without an answer.
   */
  list?(kind: string, after: string | undefined, signal: AbortSignal): Promise<ErpPage>;
  /** The marks that `list` may show for a document with this posting key. */
  marksOf?(key: PostingKey, kind: string): readonly string[];
  /** The batch a document was entered in, by its reference. */
  batchIdOf?(kind: string, reference: ErpReference): string | undefined;

  /** For kinds entered in batches: the batch a document belongs to (bank account and date), or undefined for kinds without one. */
  batchOf?(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined;
  /** Makes sure that the batch exists and is open. Idempotent. */
  openBatch?(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome>;
  /** Releases a batch: after it, its documents are in the ledger. `unknown` like post. */
  releaseBatch?(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome>;
  /** No answer throws ErpSilentError. */
  batchState?(batchId: string, signal: AbortSignal): Promise<{ readonly state: BatchState; readonly text: string }>;

  /** A cheap authenticated read that tells whether the target answers. Throws ErpSilentError or ErpUnauthorisedError. */
  probe(signal: AbortSignal): Promise<void>;
}
