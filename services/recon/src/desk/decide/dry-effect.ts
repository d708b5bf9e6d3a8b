import type { EffectTotal, PostingRequested } from '@tributary/contracts';
import { storedEffect, storedLines } from '../../intake/decide/stored-document.js';
import type { DryPosting } from './dry-run.js';
import { amountView } from '../../shared/decide/amount-view.js';
import { documentLines, effectLines } from '../../shared/decide/document-lines.js';

/** The lines of a request's document, what it would do to the books, and the sums of both sides. */
export function dryBooks({ lines, effect }: Pick<PostingRequested, 'lines' | 'effect'>): Pick<DryPosting, 'lines' | 'effect' | 'totals'> {
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
