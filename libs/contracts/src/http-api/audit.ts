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
  /** Cursor of the page before; null on the first. */
  readonly previous: string | null;
}

/** Answer of `GET /audit/:sequence`: one row, checked by itself and against the row before. */
export interface AuditEntryView extends AuditRowView {
  /** Hash of the row before, as this row names it. */
  readonly previous: string;
  readonly fitsItsHash: boolean;
  readonly followsTheRowBefore: boolean;
}

/** What a verification of the whole trail found. */
export interface AuditVerificationResult {
  readonly startedAt: string;
  readonly endedAt: string;
  /** False: something was tampered with, or the anchor file was. */
  readonly whole: boolean;
  /** Rows in order, from the first one on. */
  readonly rows: string;
  /** Newest place that an anchor names; null: without an anchor, a chain that was cut off or written anew is not noticed. */
  readonly anchoredUntil: string | null;
  /** The first break; null: none. */
  readonly finding: { readonly kind: string; readonly sequence: string; readonly until: string; readonly text: string } | null;
  /** False: what protects the table from changes is not in place; the sentences say what. */
  readonly isProtected: boolean;
  /** The result in words, as `tributary audit verify` prints it. */
  readonly sentences: readonly string[];
}

/** Answer of `GET /audit/verification`. One verification runs at a time. */
export interface AuditVerificationView {
  /** Null: none runs. */
  readonly running: {
    readonly startedAt: string;
    /** Name of who started it. */
    readonly startedBy: string;
    /** Rows that were found in order so far. */
    readonly rows: string;
    /** Rows that there were when it began. */
    readonly of: string;
  } | null;
  /** Of the last one that ended; null: there was none. */
  readonly last: AuditVerificationResult | null;
  /** Why the last one could not end, as a sentence; null: it could, or it still runs. */
  readonly problem: string | null;
}
