import type { DocumentLineView, PostingEffect, PostingLine } from '@tributary/contracts';
import type { StoredEffectLine } from '../../reconciliation/decide/effect-lines.js';
import { storableText } from '../../shared/decide/storable-text.js';

/** Largest number of lines of one document kept for display; the ledger has all of them. */
const mostLines = 1_000;
const longestValue = 300;

/** The lines of a document for storage, with their values as text. */
export function storedLines(lines: readonly PostingLine[]): DocumentLineView[] {
  return lines.slice(0, mostLines).map(({ table, key, fields }) => ({
    table: storableText(table, longestValue),
    key: storableText(key, longestValue),
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [storableText(name, longestValue), value === null ? null : shown(value)]),
    ),
  }));
}

/** The effect of a document for storage. */
export function storedEffect(effect: readonly PostingEffect[]): StoredEffectLine[] {
  return effect.map(({ role, account, debit, credit }) => ({
    role: storableText(role, longestValue),
    account: account === null ? null : storableText(account, longestValue),
    currency: storableText((debit ?? credit)?.currency ?? '', longestValue),
    debit: debit?.minor.toString() ?? null,
    credit: credit?.minor.toString() ?? null,
  }));
}

/** Whether debits and credits are equal in each currency (I11). */
export function isBalanced(effect: readonly StoredEffectLine[]): boolean {
  const sums = new Map<string, bigint>();
  for (const { currency, debit, credit } of effect)
    sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(debit ?? 0) - BigInt(credit ?? 0));
  return [...sums.values()].every((sum) => sum === 0n);
}

function shown(value: string | boolean | bigint): string {
  return storableText(String(value), longestValue);
}
