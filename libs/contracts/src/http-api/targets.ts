/** A target as `GET /targets` of erp-sink shows it, and as pausing and resuming answer. */
export interface TargetView {
  readonly target: string;
  /** Who paused it; null: it is worked on. */
  readonly paused: TargetPauseView | null;
}

/** A pause that somebody ordered. */
export interface TargetPauseView {
  /** Since when; ISO 8601. */
  readonly at: string;
  /** Name of who ordered it. */
  readonly by: string;
  readonly reason: string;
}
