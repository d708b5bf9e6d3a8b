/** A batch of a ledger as `GET /batches` of erp-sink shows it: documents that the target enters together and releases together. */
export interface BatchView {
  readonly target: string;
  /** Unique within its target. */
  readonly batchId: string;
  readonly kind: string;
  /** Of its documents, `YYYY-MM-DD`. */
  readonly date: string;
  readonly bankAccount: string;
  /** `open`, `closing`, `releasing`, `released` or `failed`. An open list: a client shows an unknown state by its name. */
  readonly state: string;
  readonly documents: number;
  readonly attempts: number;
  readonly text: string | null;
  /** ISO 8601. */
  readonly openedAt: string;
}
