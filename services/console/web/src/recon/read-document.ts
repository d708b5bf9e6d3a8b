import { readRule } from './read-story.js';
import { readAmount, readList, readNamedTexts, readRecord, readText } from './read-value.js';
import type { DocumentLine, EffectLine, LedgerDocument, LedgerEffect } from './shapes.js';

/** One document of a payment, whatever recon sent. Never throws. */
export function readDocument(value: unknown): LedgerDocument {
  const { postingKey, target, kind, number, link, rule, result, requestedAt, reference, lines, effect, ledger } = readRecord(value);
  return {
    postingKey: readText(postingKey) ?? '',
    target: readText(target),
    kind: readText(kind) ?? 'document',
    number: readText(number),
    link: readLink(link),
    rule: readRule(rule),
    result: readText(result),
    requestedAt: readText(requestedAt),
    reference: readNamedTexts(reference),
    lines: readList(lines, readLine),
    effect: readList(effect, readEffectLine),
    ledger: typeof ledger === 'object' && ledger !== null ? readLedger(ledger) : null,
  };
}

/** An address that a browser may be sent to; null for every other text. */
function readLink(value: unknown): string | null {
  const text = readText(value);
  return text !== null && /^https?:\/\//.test(text) && URL.canParse(text) ? text : null;
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
