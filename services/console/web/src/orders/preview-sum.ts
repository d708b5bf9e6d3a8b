import { amountLine, sumPerCurrency } from '../format/amount.js';
import { counted } from '../format/text.js';
import type { Preview } from './read-order.js';

/** What several orders would be together. */
export function sumOfPreviews(previews: readonly Preview[]): Preview {
  const total = (name: 'letters' | 'sequences' | 'withoutMoney'): number => previews.reduce((sum, one) => sum + one[name], 0);
  return {
    ...{ letters: total('letters'), sequences: total('sequences'), withoutMoney: total('withoutMoney') },
    money: sumPerCurrency(previews.flatMap(({ money }) => money)),
    leftOut: previews.flatMap(({ leftOut }) => leftOut),
    waitsFor: [...new Set(previews.flatMap(({ waitsFor }) => waitsFor))],
  };
}

/** What an order is about, in words: `60 letters of 12 sequences, 630.00 USD, 2 of them without a known amount`. */
export function previewText({ letters, sequences, money, withoutMoney }: Preview): string {
  return [
    `${counted(letters, 'letter')} of ${counted(sequences, 'sequence')}`,
    ...money.map(amountLine),
    ...(withoutMoney === 0 ? [] : [`${withoutMoney} of them without a known amount`]),
  ].join(', ');
}
