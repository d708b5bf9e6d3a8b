import type { DocumentView, LedgerEffectState, LedgerEffectView } from '@tributary/contracts';
import { documentLines, effectLines } from '../../shared/decide/document-lines.js';
import { isoTime } from '../../shared/decide/storable-text.js';

/** A requested document as the database has it. */
export interface DocumentRow {
  readonly posting_key: string;
  readonly target: string;
  readonly kind: string;
  readonly event_id: string;
  readonly result: string | null;
  readonly reference: Record<string, string> | null;
  readonly lines: unknown;
  readonly effect: unknown;
  readonly requested_at: Date;
  /** What a person decided about the request that is furthest along; null where nobody did. */
  readonly decided?: string | null;
  /** Shape, flow and version of the rules of its request; null where they are not recorded. */
  readonly shape?: string;
  readonly flow?: string | null;
  readonly mapping_version?: string | null;
  /** What the target said about that request. */
  readonly answer?: string | null;
  /** Null for a document that is not compared with the ledger. */
  readonly ledger_state: LedgerEffectState | null;
  readonly ledger_text: string | null;
  readonly ledger_entries: unknown;
  readonly ledger_checked_at: Date | null;
}

/**
 * A document for display. Never throws: a row that is not a line is left out, and an invalid amount is marked.
 * @param named number by which people call it in the target, its address there, and its rule.
 */
export function documentView(row: DocumentRow, named: Partial<Pick<DocumentView, 'number' | 'link' | 'rule'>> = {}): DocumentView {
  return {
    postingKey: row.posting_key,
    target: row.target,
    kind: row.kind,
    number: named.number ?? null,
    link: named.link ?? null,
    rule: named.rule ?? null,
    eventId: row.event_id,
    result: row.result,
    requestedAt: isoTime(row.requested_at) ?? '',
    reference: row.reference,
    lines: documentLines(row.lines),
    effect: effectLines(row.effect),
    ledger: ledgerView(row),
  };
}

function ledgerView(row: DocumentRow): LedgerEffectView | null {
  if (row.ledger_state === null || effectLines(row.effect).length === 0) return null;
  return {
    state: row.ledger_state,
    text: row.ledger_text,
    entries: effectLines(row.ledger_entries),
    checkedAt: isoTime(row.ledger_checked_at),
  };
}
