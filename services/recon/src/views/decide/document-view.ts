import type { DocumentLineView, DocumentView, EffectLineView, LedgerEffectState, LedgerEffectView } from '@tributary/contracts';
import { amountView } from '../../shared/decide/amount-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';

/** A requested document as the database has it. */
export interface DocumentRow {
  readonly posting_key: string;
  readonly target: string;
  readonly kind: string;
  readonly result: string | null;
  readonly reference: Record<string, string> | null;
  readonly lines: unknown;
  readonly effect: unknown;
  readonly requested_at: Date;
  /** Null for a document that is not compared with the ledger. */
  readonly ledger_state: LedgerEffectState | null;
  readonly ledger_text: string | null;
  readonly ledger_entries: unknown;
  readonly ledger_checked_at: Date | null;
}

type Fields = Readonly<Record<string, unknown>>;

/** A document for display. Never throws: a row that is not a line is left out, and an invalid amount is marked. */
export function documentView(row: DocumentRow): DocumentView {
  return {
    postingKey: row.posting_key,
    target: row.target,
    kind: row.kind,
    result: row.result,
    requestedAt: isoTime(row.requested_at) ?? '',
    reference: row.reference,
    lines: rowsOf(row.lines).map(lineView),
    effect: rowsOf(row.effect).map(effectView),
    ledger: ledgerView(row),
  };
}

function ledgerView(row: DocumentRow): LedgerEffectView | null {
  if (row.ledger_state === null || rowsOf(row.effect).length === 0) return null;
  return {
    state: row.ledger_state,
    text: row.ledger_text,
    entries: rowsOf(row.ledger_entries).map(effectView),
    checkedAt: isoTime(row.ledger_checked_at),
  };
}

function lineView({ table, key, fields }: Fields): DocumentLineView {
  const named = typeof fields === 'object' && fields !== null ? Object.entries(fields) : [];
  return {
    table: textOf(table),
    key: textOf(key),
    fields: Object.fromEntries(named.map(([name, value]) => [name, typeof value === 'string' ? value : null])),
  };
}

function effectView({ role, account, currency, debit, credit }: Fields): EffectLineView {
  const amount = (minor: unknown): EffectLineView['debit'] => (typeof minor === 'string' ? amountView(minor, textOf(currency)) : null);
  return { role: textOf(role), account: typeof account === 'string' ? account : null, debit: amount(debit), credit: amount(credit) };
}

function rowsOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter((row): row is Fields => typeof row === 'object' && row !== null) : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
