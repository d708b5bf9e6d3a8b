import { accountBalanceViews, clearingViews, unbalancedCurrencies } from './clearing.js';

const accounts = new Map([
  ['USD', '1150'],
  ['GBP', '1152'],
]);
const row = (account: string, currency: string, debit: string, credit: string) => ({ account, currency, debit, credit });

it('before a payout the fees are in flight, and nothing differs (worked example of docs/books.md)', () => {
  // Receipts put 3,785.81 on the account, refunds took 564.00. The payout's journal will take 3,221.81; the payout itself is 2,843.01 of
  // that.
  const [usd] = clearingViews({
    accounts,
    balances: [row('1150', 'USD', '3785.81', '564.00'), row('1100', 'USD', '564.00', '3785.81')],
    stripe: new Map([['USD', 284_301n]]),
    ownedByPayouts: new Map([['USD', -37_880n]]),
    bookedByPayouts: new Map(),
  });
  expect(usd).toEqual({
    currency: 'USD',
    ledger: { minor: '322181', currency: 'USD', text: '3221.81', exact: true },
    stripe: { minor: '284301', currency: 'USD', text: '2843.01', exact: true },
    inFlight: { minor: '37880', currency: 'USD', text: '378.80', exact: true },
    difference: { minor: '0', currency: 'USD', text: '0.00', exact: true },
  });
});

it('after the payout its journal has taken all of it', () => {
  const [usd] = clearingViews({
    accounts,
    balances: [row('1150', 'USD', '3785.81', '3785.81')],
    stripe: new Map([['USD', 0n]]),
    ownedByPayouts: new Map([['USD', -322_181n]]),
    bookedByPayouts: new Map([['USD', -322_181n]]),
  });
  expect(usd).toMatchObject({ ledger: { text: '0.00' }, inFlight: { text: '0.00' }, difference: { text: '0.00' } });
});

it('a receipt that is missing in the ledger is a difference, in its currency only', () => {
  const views = clearingViews({
    accounts,
    balances: [row('1150', 'USD', '100.00', '0.00'), row('1152', 'GBP', '0.00', '0.00'), row('9999', 'GBP', '80.00', '0.00')],
    stripe: new Map([
      ['USD', 10_000n],
      ['GBP', 8_000n],
    ]),
    ownedByPayouts: new Map(),
    bookedByPayouts: new Map(),
  });
  expect(views.map(({ currency, difference }) => [currency, difference.text])).toEqual([
    ['GBP', '-80.00'],
    ['USD', '0.00'],
  ]);
});

it('finds a ledger whose debits and credits differ, and one that cannot be read', () => {
  expect(unbalancedCurrencies([row('1', 'USD', '10.00', '0'), row('2', 'USD', '0', '10.00'), row('3', 'EUR', '1', '0')])).toEqual(['EUR']);
  expect(unbalancedCurrencies([row('1', 'USD', 'a lot', '0')])).toEqual(['USD']);
  expect(unbalancedCurrencies([])).toEqual([]);
  // 80.00 GBP received as 107.52 USD: the entry balances in the company's currency, but not in GBP or USD alone.
  expect(unbalancedCurrencies([row('1100', 'GBP', '0', '80.00'), row('1150', 'USD', '107.52', '0')])).toEqual([]);
});

it('shows what cannot be read with a mark, sorted by account', () => {
  const views = accountBalanceViews('kinetic-main', [
    row('2', 'ZZZ', '1.00', '0'),
    row('1', 'JPY', '100.00', '0'),
    row('1', 'ISK', '1.5', 'x'),
  ]);
  expect(views.map(({ account, currency, debit }) => [account, currency, debit.text, debit.exact])).toEqual([
    ['1', 'ISK', '150', false], // ISK has no decimals, so 1.50 ISK is not an exact amount
    ['1', 'JPY', '100', true],
    ['2', 'ZZZ', expect.any(String), false],
  ]);
});
