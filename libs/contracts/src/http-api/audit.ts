/** One row of the audit trail: who did what to what, when and why. */
export interface AuditRowView {
  /** Place in the chain, as text. */
  readonly sequence: string;
  /** ISO 8601, UTC, microseconds. */
  readonly at: string;
  /** `person:<id>`, `service:<name>`, `local`; `claimed:<name>` from before people signed in. */
  readonly subject: string;
  readonly name: string;
  /** `order.made`, `payload.read`, `sign-in.refused`. */
  readonly action: string;
  /** With its kind: `order:ord_...`, `letter:dl_...`. */
  readonly object: string;
  readonly target: string | null;
  readonly reason: string | null;
  readonly details: unknown;
  /** Address that the request came from. */
  readonly address: string | null;
  /** SHA-256 over this row and the one before, hex. */
  readonly hash: string;
}

/** A page of the audit trail, newest first. */
export interface AuditPage {
  readonly rows: readonly AuditRowView[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}
