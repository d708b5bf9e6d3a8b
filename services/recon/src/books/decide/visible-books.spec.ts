import type { LedgerClearingView } from '@tributary/contracts';
import { visibleBooks } from './visible-books.js';
import type { ReadBooks } from './visible-books.js';

const ledger = (target: string): LedgerClearingView => ({ target, clearing: [{ currency: target.toUpperCase() } as never] });
const books = {
  asOf: '',
  clearing: ledger('kinetic').clearing,
  ledgers: [ledger('kinetic'), ledger('sl')],
  // One of a target that is no ledger here any more.
  unbalanced: new Map([
    ['kinetic', 2],
    ['sl', 1],
    ['former', 4],
  ]),
  trialBalance: [{ target: 'kinetic' }, { target: 'sl' }],
  problems: [{ text: 'Stripe is away' }, { target: 'kinetic', text: 'kinetic is away' }, { text: 'line 3 of sl', textForSome: 'wrong' }],
} as unknown as ReadBooks;

it('shows the books of the targets that somebody may see, and no others', () => {
  expect(visibleBooks(books, '*')).toEqual({ ...books, unbalanced: 7, problems: ['Stripe is away', 'kinetic is away', 'line 3 of sl'] });
  expect(visibleBooks(books, ['sl'])).toEqual({
    ...books,
    unbalanced: 1,
    clearing: ledger('sl').clearing,
    ledgers: [ledger('sl')],
    trialBalance: [{ target: 'sl' }],
    problems: ['Stripe is away', 'wrong'],
  });
  expect(visibleBooks(books, [])).toEqual({
    ...books,
    unbalanced: 0,
    clearing: [],
    ledgers: [],
    trialBalance: [],
    problems: ['Stripe is away', 'wrong'],
  });
});
