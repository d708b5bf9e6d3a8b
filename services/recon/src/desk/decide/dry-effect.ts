import type { DocumentLineView, EffectLineView, EffectTotal, PostingRequested } from '@tributary/contracts';
import { storedEffect, storedLines } from '../../intake/decide/stored-document.js';
import { amountView } from '../../shared/decide/amount-view.js';
import { documentLines, effectLines } from '../../shared/decide/document-lines.js';

/** What a document would be and would do to the books. */
export interface DryBooks {
  /** Rows of the document. */
  readonly lines: readonly DocumentLineView[];
  /** What it would do to the books. */
  readonly effect: readonly EffectLineView[];
  /** Sums of both sides of the effect, one per currency. */
  readonly totals: readonly EffectTotal[];
}

/** The lines of a request's document, what it would do to the books, and the sums of both sides. */
export function dryBooks({ lines, effect }: Pick<PostingRequested, 'lines' | 'effect'>): DryBooks {
  return { lines: documentLines(storedLines(lines)), effect: effectLines(storedEffect(effect)), totals: totalsOf(effect) };
}

/** Sums of both sides per currency. They are equal for every document that may be posted (I11). */
function totalsOf(effect: PostingRequested['effect']): EffectTotal[] {
  const sums = new Map<string, { debit: bigint; credit: bigint }>();
  for (const { debit, credit } of effect) {
    const currency = (debit ?? credit)?.currency ?? '';
    const sum = sums.get(currency) ?? { debit: 0n, credit: 0n };
    sums.set(currency, { debit: sum.debit + (debit?.minor ?? 0n), credit: sum.credit + (credit?.minor ?? 0n) });
  }
  return [...sums].map(([currency, { debit, credit }]) => ({
    debit: amountView(debit.toString(), currency),
    credit: amountView(credit.toString(), currency),
  }));
}
