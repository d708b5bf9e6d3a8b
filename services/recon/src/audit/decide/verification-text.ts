import type { ChainFinding } from './chain-finding.js';

/** Result of a verification. */
export interface AuditVerified {
  /** Rows in order, from the first one on. */
  readonly rows: bigint;
  readonly finding: ChainFinding | undefined;
  /** Newest anchored place of the chain; undefined without an anchor. Rows after it could be cut off unseen. */
  readonly anchoredUntil: bigint | undefined;
  /** Numbers of the lines of the anchor file that are no anchors. */
  readonly unreadableAnchors: readonly number[];
  /** What protects the table from changes and is not in place, as sentences. */
  readonly unprotected: readonly string[];
}

/** The result for people. @param anchorFile undefined: none is configured. */
export function verificationText(result: AuditVerified, anchorFile: string | undefined): string {
  const { rows, finding, anchoredUntil, unreadableAnchors, unprotected } = result;
  const chain = finding
    ? `TAMPERED WITH (${finding.kind}): ${finding.text}. The ${rows} rows before are in order.`
    : `The audit trail is whole: ${rows} rows.`;
  return [
    chain,
    anchorText(rows, anchoredUntil, anchorFile),
    ...unreadableAnchors.map((line) => `Line ${line} of the anchor file is no anchor: somebody changed the file.`),
    ...unprotected.map((text) => `Not protected: ${text}.`),
  ].join('\n');
}

function anchorText(rows: bigint, until: bigint | undefined, file: string | undefined): string {
  if (file === undefined)
    return 'No anchor file: rows cut off at the end, or a chain that was written anew, cannot be noticed. Set AUDIT_ANCHOR_FILE.';
  if (until === undefined) return `${file} has no anchor yet.`;
  return until >= rows ? `Anchored to its end.` : `Anchored up to row ${until}; rows after it could have been cut off.`;
}
