/** What was done to a chain. `rewritten`: rows were changed and all later hashes computed again, which an anchor proves. */
export type Tampering = 'changed' | 'removed' | 'inserted' | 'reordered' | 'cut-off' | 'rewritten';

/** The first row that was tampered with. */
export interface ChainFinding {
  readonly kind: Tampering;
  /** Place of the row; of `rewritten` the first that may be one of them. */
  readonly sequence: bigint;
  /** Of `cut-off`, `removed` and `rewritten`: the last place that is known to be concerned. */
  readonly until: bigint;
  readonly text: string;
}
