import type { AuditEntryView, AuditRowView, AuditVerificationResult } from '@tributary/contracts';
import { auditHash, firstPrevious } from './audit-row.js';
import type { AuditRow } from './audit-row.js';
import { verificationText } from './verification-text.js';
import type { AuditVerified } from './verification-text.js';

/** A row of the audit trail as it is shown. */
export function auditRowView({
  sequence,
  at,
  subject,
  name,
  action,
  object,
  target,
  reason,
  details,
  address,
  hash,
}: AuditRow): AuditRowView {
  const parsed = JSON.parse(details) as unknown;
  return { sequence: sequence.toString(), at, subject, name, action, object, target, reason, details: parsed, address, hash };
}

/** One row, checked against its hash and against the row before. @param before undefined: there is none. */
export function auditEntryView(row: AuditRow, before: Pick<AuditRow, 'hash'> | undefined): AuditEntryView {
  return {
    ...auditRowView(row),
    previous: row.previous,
    fitsItsHash: auditHash(row) === row.hash,
    followsTheRowBefore: row.previous === (before?.hash ?? firstPrevious) && (before !== undefined || row.sequence === 1n),
  };
}

/** The result of a verification as it is shown and kept. */
export function verificationResult(
  result: AuditVerified,
  { anchorFile, startedAt, endedAt }: { readonly anchorFile: string | undefined; readonly startedAt: string; readonly endedAt: string },
): AuditVerificationResult {
  const { rows, finding, anchoredUntil, unreadableAnchors, unprotected } = result;
  return {
    startedAt,
    endedAt,
    whole: finding === undefined && unreadableAnchors.length === 0,
    rows: rows.toString(),
    anchoredUntil: anchoredUntil?.toString() ?? null,
    finding: finding
      ? { kind: finding.kind, sequence: finding.sequence.toString(), until: finding.until.toString(), text: finding.text }
      : null,
    isProtected: unprotected.length === 0,
    sentences: verificationText(result, anchorFile).split('\n'),
  };
}
