import type { BooksView, LedgerClearingView } from '@tributary/contracts';
import { visibleBooks } from './visible-books.js';

const ledger = (target: string): LedgerClearingView => ({ target, clearing: [{ currency: target.toUpperCase() } as never] });
const books = {
  asOf: '',
  clearing: ledger('kinetic').clearing,
  ledgers: [ledger('kinetic'), ledger('sl')],
  unbalanced: 0,
  trialBalance: [{ target: 'kinetic' }, { target: 'sl' }],
  problems: [],
} as unknown as BooksView;

it('shows the books of the targets that somebody may see, and no others', () => {
  expect(visibleBooks(books, '*')).toBe(books);
  expect(visibleBooks(books, ['sl'])).toEqual({
    ...books,
    clearing: ledger('sl').clearing,
    ledgers: [ledger('sl')],
    trialBalance: [{ target: 'sl' }],
  });
  expect(visibleBooks(books, [])).toEqual({ ...books, clearing: [], ledgers: [], trialBalance: [] });
});
