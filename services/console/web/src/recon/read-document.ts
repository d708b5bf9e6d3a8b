import { readAmount, readList, readNamedTexts, readRecord, readText } from './read-value.js';
import type { DocumentLine, EffectLine, LedgerDocument, LedgerEffect } from './shapes.js';

/** One document of a payment, whatever recon sent. Never throws. */
export function readDocument(value: unknown): LedgerDocument {
  const { postingKey, kind, result, requestedAt, reference, lines, effect, ledger } = readRecord(value);
  return {
    postingKey: readText(postingKey) ?? '',
    kind: readText(kind) ?? 'document',
    result: readText(result),
    requestedAt: readText(requestedAt),
    reference: readNamedTexts(reference),
    lines: readList(lines, readLine),
    effect: readList(effect, readEffectLine),
    ledger: typeof ledger === 'object' && ledger !== null ? readLedger(ledger) : null,
  };
}

function readLedger(value: object): LedgerEffect {
  const { state, text, entries, checkedAt } = readRecord(value);
  return { state: readText(state), text: readText(text), entries: readList(entries, readEffectLine), checkedAt: readText(checkedAt) };
}

/** One row of a document, whatever recon sent. */
export function readLine(value: unknown): DocumentLine {
  const { table, key, fields } = readRecord(value);
  return { table: readText(table) ?? '', key: readText(key) ?? '', fields: readNamedTexts(fields) };
}

/** One line of an effect on the books, whatever recon sent. */
export function readEffectLine(value: unknown): EffectLine {
  const { role, account, debit, credit } = readRecord(value);
  return { role: readText(role) ?? '', account: readText(account), debit: readAmount(debit), credit: readAmount(credit) };
}
