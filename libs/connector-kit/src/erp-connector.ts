import type { PostingKey } from '@tributary/domain';
import type { BatchState, ErpBatch, ErpBatchKind, ErpBatchMode } from './erp-batch.js';
import type { ErpDocument, ErpLineHandle, ErpReference } from './erp-document.js';
import type { ErpFinding, ErpNeeds } from './findings/index.js';
import type { ErpAccountBalance, ErpCall, ErpDocumentState, ErpFound, ErpPage, ErpPeriod } from './erp-state.js';
import type { PostingOutcome } from './posting-outcome.js';

/** The port to one ERP. Methods that not every ERP can offer are optional; an absent method is never called. */
export interface ErpConnector {
  readonly name: string;
  /** Kinds of documents that the connector posts. */
  readonly capabilities: ReadonlySet<string>;
  /**
   * Features that flows may require besides kinds: `credit-memo.unreferenced` (a memo without its invoice), `bank-transfer`, `discard`,
   * `periods`, `trial-balance`.
   */
  readonly features?: ReadonlySet<string>;
  /** Longest time one call may take, ms. Leases must be longer. */
  readonly longestCallMs: number;
  /** Keys of a reference that are the number by which people call a document; the first that a reference has counts. */
  readonly numberKeys?: readonly string[];
  /** Calls that may be open at once, where the ERP takes few: one writer per company, for example. Absent: as many as are configured. */
  readonly maxOpenCalls?: number;
  /** Most calls of this process in a second, where the connector keeps to a rate. Absent: it does not. */
  readonly callsPerSecond?: number;
  /**
   * Settle delay by kind of document, and for `batch`: how long after an unanswered write the target may take to show what it commits, ms.
   * Lookups are that far apart. The value is an assumption about the target, so its source belongs beside it; rechecks find what commits
   * later still.
   */
  settleMs?(kind: string): number | undefined;

  /**
   * Sends one document, once. It neither retries nor looks for an earlier attempt: libs/posting decides that (I3). Answers of the ERP are
   * outcomes, not exceptions. With `knownMissing` it writes only those lines.
   */
  post(document: ErpDocument, signal: AbortSignal): Promise<PostingOutcome>;

  /**
   * The storing calls that `post` would make for this document, in order, without lookups. Pure: the target is not called, so columns that
   * the target fills in itself are left out, and a document that could be matched or created is described as created.
   * @throws an Error whose message names the wrong field, where `post` would answer `rejected`.
   */
  describeCall?(document: ErpDocument): readonly ErpCall[];

  /**
   * Looks a document up by its posting key. `undefined`: the ERP answered that it has none.
   * @param expectedLines the lines that a complete document has; without them only the header counts.
   * @throws {ErpSilentError} without an answer.
   */
  find(key: PostingKey, kind: string, signal: AbortSignal, expectedLines?: readonly ErpLineHandle[]): Promise<ErpFound | undefined>;

  /**
   * Deletes a document that is saved and not released, with its lines. `posted`: it is deleted. `skipped`: it did not exist. `rejected`: it
   * is released, or the ERP does not delete it.
   */
  discard?(key: PostingKey, kind: string, reference: ErpReference, signal: AbortSignal): Promise<PostingOutcome>;

  /**
   * The state of a document in the ERP, for reconciliation: amount, currency, whether it reached the ledger, which account it was booked
   * to. `undefined`: the ERP answered that it has none. @throws {ErpSilentError} without an answer.
   */
  read?(key: PostingKey, kind: string, signal: AbortSignal): Promise<ErpDocumentState | undefined>;

  /**
   * Bulk lookup for a rebuild: documents of this kind that carry a mark of ours, page by page. The order is such that a document that is
   * created or deleted meanwhile hides no other one. Without this method documents are looked up one by one. @throws {ErpSilentError}
   * without an answer.
   */
  list?(kind: string, after: string | undefined, signal: AbortSignal): Promise<ErpPage>;
  /** The marks that `list` may show for a document with this posting key. */
  marksOf?(key: PostingKey, kind: string): readonly string[];

  /** The fiscal periods, in order of their dates. A date in no period is closed. @throws {ErpSilentError} without an answer. */
  periods?(signal: AbortSignal): Promise<readonly ErpPeriod[]>;
  /** The date, `YYYY-MM-DD`, that decides the fiscal period of a document; undefined for one that has none. Pure. */
  postingDateOf?(document: ErpDocument): string | undefined;
  /** The same document on another date, with its original date in a text that people read. Pure. */
  movedTo?(document: ErpDocument, date: string): ErpDocument;
  /** Sums per account and currency over the whole general ledger. @throws {ErpSilentError} without an answer. */
  trialBalance?(signal: AbortSignal): Promise<readonly ErpAccountBalance[]>;

  /** How documents of a kind are released; without this method: `named` for those that `batchOf` gives a batch, else `none`. */
  batchMode?(kind: string): ErpBatchMode;
  /** The id of the batch that a document was entered in, from its reference. */
  batchIdOf?(kind: string, reference: ErpReference): string | undefined;
  /** For kinds entered in batches: kind, date and partition of a document's batch. undefined for kinds without one. */
  batchOf?(document: ErpDocument): Omit<ErpBatch, 'batchId'> | undefined;
  /** Ensures that the batch exists and is open. Idempotent. Only for `named`. */
  openBatch?(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome>;
  /** Releases a batch, which posts its documents to the ledger. A missing answer is `unknown`, as for `post`. */
  releaseBatch?(batch: ErpBatch, signal: AbortSignal): Promise<PostingOutcome>;
  /**
   * The state of a batch. @param kind for an ERP whose batch ids are unique only within a kind. @throws {ErpSilentError} without an answer.
   */
  batchState?(batchId: string, signal: AbortSignal, kind?: ErpBatchKind): Promise<{ readonly state: BatchState; readonly text: string }>;

  /** A cheap authenticated read that tells whether the target answers. @throws {ErpSilentError | ErpUnauthorisedError} */
  probe(signal: AbortSignal): Promise<void>;

  /**
   * Checks rights, services, custom fields, versions, clock and zone of the target. Stores nothing. A target that does not answer or refuses
   * the login is a finding, not an error.
   */
  check?(needs: ErpNeeds, signal: AbortSignal): Promise<readonly ErpFinding[]>;
}
