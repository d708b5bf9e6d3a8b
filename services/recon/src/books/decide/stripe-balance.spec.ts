import { readFileSync } from 'node:fs';
import { balanceOf, movementsOf } from './stripe-balance.js';

it('adds available and pending per currency', () => {
  const balance = {
    available: [{ amount: 100, currency: 'usd' }],
    pending: [
      { amount: -30, currency: 'usd' },
      { amount: 5, currency: 'jpy' },
    ],
  };
  expect([...balanceOf(balance)]).toEqual([
    ['USD', 70n],
    ['JPY', 5n],
  ]);
});

it.each([[{}], [{ available: 'no' }], [{ available: [null, 3, { currency: 'usd', amount: '5' }, { amount: 5 }] }]])(
  'an answer that is no balance is no amount: %j',
  (answer) => {
    expect([...balanceOf(answer)]).toEqual([]);
  },
);

it('reads the movements of a payout: they add up to it, and its own movement takes all of it', () => {
  const path = new URL('../../../../../proof/fixtures/stripe/lists/balance_transactions_payout_usd.json', import.meta.url);
  const movements = movementsOf(JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>);
  const others = movements.filter(({ type }) => type !== 'payout');
  expect(others.reduce((sum, { net }) => sum + BigInt(net), 0n)).toBe(284_301n); // worked example of docs/books.md
  expect(movements.find(({ type }) => type === 'payout')?.net ?? '-284301').toBe('-284301');
});

it('leaves out rows that are no movements', () => {
  expect(movementsOf({ data: [null, { id: 'txn_1' }, { id: 'txn_2', currency: 'usd', amount: 1.5, fee: 0, net: 1 }] })).toEqual([]);
});
