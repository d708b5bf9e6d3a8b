import { sent } from '../../api/sent.js';
import { readBooks } from './read-books.js';

it.each([[undefined], ['text'], [{}], [{ clearing: 7, trialBalance: [null, 'x', { debit: [] }], problems: [{}], unbalanced: 'many' }]])(
  'any answer can be shown: %j',
  (answer) => {
    const books = readBooks(sent(answer));
    expect(books.clearing).toEqual([]);
    expect(books.trialBalance.every(({ account }) => account === '')).toBe(true);
  },
);

it('keeps amounts as recon tells them', () => {
  const usd = { minor: '0', currency: 'USD', text: '0.00', exact: true };
  const { clearing, unbalanced } = readBooks(sent({ clearing: [{ currency: 'USD', difference: usd }], unbalanced: 0 }));
  expect([clearing[0]?.currency, clearing[0]?.difference, clearing[0]?.ledger, unbalanced]).toMatchObject(['USD', usd, null, 0]);
});

it('shows the clearing accounts of several ledgers with their targets, and of one without', () => {
  const usd = { minor: '0', currency: 'USD', text: '0.00', exact: true };
  const ledger = (target: string): object => ({ target, clearing: [{ currency: 'USD', difference: usd }] });
  const { clearing } = readBooks(sent({ clearing: [], ledgers: [ledger('kinetic-main'), ledger('sl-main')] }));
  expect(clearing).toMatchObject([
    { target: 'kinetic-main', currency: 'USD', difference: usd },
    { target: 'sl-main', currency: 'USD', difference: usd },
  ]);
  expect(readBooks(sent({ clearing: [{ currency: 'USD' }], ledgers: [ledger('kinetic-main')] })).clearing).toMatchObject([{ target: '' }]);
  expect(readBooks(sent({ ledgers: [null, 7] })).clearing).toEqual([]);
});
