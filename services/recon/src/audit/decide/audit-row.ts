import { sha256Hex } from '@tributary/domain';

/** What somebody decided or looked at, before it is a row of the chain. */
export interface AuditEntry {
  /** `person:<id>`, `service:<name>`, `local`; `claimed:<name>` for rows from before people signed in. */
  readonly subject: string;
  /** The person's name at that time. */
  readonly name: string;
  /** What was done: `order.made`, `payload.read`, `sign-in.refused`. */
  readonly action: string;
  /** What it was done to, with its kind: `order:ord_...`, `letter:dl_...`, `person:...`. */
  readonly object: string;
  /** The ledger that it is about; null: none, or several. */
  readonly target: string | null;
  readonly reason: string | null;
  /** JSON. Ids, counts, digests and money; personal data never, because a row cannot be erased. */
  readonly details: Readonly<Record<string, unknown>>;
  /** Address that the request came from. */
  readonly address: string | null;
}

/** One row of `recon.audit` as it is hashed: text only, so that no database or driver rounds anything. */
export interface AuditRow extends Omit<AuditEntry, 'details'> {
  /** Place in the chain: 1, 2, 3 and so on, without gaps. */
  readonly sequence: bigint;
  /** ISO 8601, UTC, microseconds. */
  readonly at: string;
  /** JSON text, byte for byte as it was written. */
  readonly details: string;
  /** Hash of the row before; {@link firstPrevious} for the first one. */
  readonly previous: string;
  /** {@link auditHash} of this row. */
  readonly hash: string;
}

/** What the first row of a chain names as the hash before it. */
export const firstPrevious = '0'.repeat(64);

/** Begins every hashed text. Another form of hashing would get another name: rows that exist keep theirs. */
const form = 'tributary-audit/1';

/**
 * SHA-256, hex, over the canonical bytes of a row: a JSON list of its columns as text, the hash of the row before among them. No two
 * different rows have the same bytes, because JSON quotes every column.
 */
export function auditHash(row: Omit<AuditRow, 'hash'>): string {
  const { sequence, at, subject, name, action, object, target, reason, details, address, previous } = row;
  return sha256Hex(
    JSON.stringify([form, sequence.toString(), at, subject, name, action, object, target, reason, details, address, previous]),
  );
}

/** The row that follows `head` in the chain; undefined: the first one. */
export function nextRow(
  head: Pick<AuditRow, 'sequence' | 'hash'> | undefined,
  entry: Omit<AuditRow, 'sequence' | 'previous' | 'hash'>,
): AuditRow {
  const row = { ...entry, sequence: (head?.sequence ?? 0n) + 1n, previous: head?.hash ?? firstPrevious };
  return { ...row, hash: auditHash(row) };
}
