/** Rows of one table that an erasure overwrote, or would overwrite. */
export interface ErasedTableView {
  /** `schema.table`; of a ledger: `erp_sink.posting` with the target in brackets. */
  readonly table: string;
  readonly rows: number;
  /** Columns that are overwritten. */
  readonly fields: readonly string[];
}

/** An erasure of the personal data of one Stripe customer, as recon and erp-sink answer it. */
export interface ErasureView {
  readonly customerId: string;
  /** False: it was only counted, and nothing was changed. */
  readonly done: boolean;
  /** Tables with rows to overwrite. */
  readonly tables: readonly ErasedTableView[];
  /** What is left because it is open, one sentence each: it is erased by itself when it is closed. */
  readonly waits: readonly string[];
  /** Where the service knows personal data to stay, and until when, one sentence each. */
  readonly stays: readonly string[];
}
