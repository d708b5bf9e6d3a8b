/** An erp-sink that the console could not ask. */
export interface SilentSinkView {
  /** Targets that it serves, as ERP_SINK_URLS says: those that whoever asks may see. */
  readonly targets: readonly string[];
  /** Since when it does not answer, as far as the console knows; ISO 8601. */
  readonly since: string;
  /** Why, in words without an address. */
  readonly problem: string;
}

/**
 * What the console adds to the lists of erp-sinks (`/api/targets`, `/api/batches`, `/api/release-orders`): it asks all of them, and a list is
 * complete only when `silent` is empty.
 */
export interface OfAllSinks {
  readonly silent: readonly SilentSinkView[];
}
