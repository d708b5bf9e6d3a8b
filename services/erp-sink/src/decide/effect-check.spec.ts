import type { PostingRequested } from '@tributary/contracts';
import fc from 'fast-check';
import { effectProblem } from '@tributary/posting';
import { aReceipt } from '../testing/makers.js';

type Effect = PostingRequested['effect'];
const usd = (minor: bigint, currency = 'USD') => ({ minor, currency });
const debit = (role: string, minor: bigint, currency?: string) => ({ role, account: null, debit: usd(minor, currency), credit: null });
const credit = (role: string, minor: bigint, currency?: string) => ({ role, account: null, debit: null, credit: usd(minor, currency) });
const problem = (effect: Effect) => effectProblem(aReceipt('ch_1', { effect, flow: 'refund', mappingVersion: 'abc' }))?.text;

it('tells both sums of a currency that does not balance, and which flow to correct', () => {
  expect(problem([debit('RET', 12_000n), credit('AR', 10_000n)])).toBe(
    'posting fake-main/cash-receipt/ch_1: its effect on the books does not balance: debits are 120.00 USD, credits 100.00 USD. ' +
      'Nothing was sent; correct the flow refund (mapping abc), then replay',
  );
});

it('balances each currency for itself', () => {
  expect(problem([debit('CLR', 100n), credit('AR', 100n, 'EUR')])).toContain('debits are 1.00 USD, credits 0.00 USD');
  expect(problem([debit('CLR', 100n), credit('AR', 100n, 'EUR')])).toContain('debits are 0.00 EUR, credits 1.00 EUR');
  expect(problem([debit('CLR', 100n), credit('AR', 100n), debit('CLR', 7n, 'JPY'), credit('FX-GAIN', 7n, 'JPY')])).toBeUndefined();
});

it.each<[string, Effect[number]]>([
  ['no amount', { role: 'AR', account: null, debit: null, credit: null }],
  ['two amounts', { role: 'AR', account: null, debit: usd(1n), credit: usd(1n) }],
  ['nothing', debit('AR', 0n)],
  ['a negative amount', debit('AR', -1n)],
])('refuses a line with %s', (_, line) => {
  expect(problem([line])).toContain('line 1 (AR) needs one positive amount');
});

it('has nothing against a request that tells no effect', () => {
  expect(problem([])).toBeUndefined();
});

it('shows an amount that cannot be written in major units as what it is', () => {
  expect(problem([debit('AR', 501n, 'ISK')])).toContain('debits are 501 minor units of ISK');
});

it('accepts exactly the effects whose debits equal their credits', () => {
  const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(amounts, fc.bigInt({ min: -2n, max: 2n }), (debits, off) => {
      const sum = debits.reduce((total, one) => total + one, 0n) + off;
      fc.pre(sum > 0n);
      expect(problem([...debits.map((minor) => debit('FEE', minor)), credit('CLR', sum)]) === undefined).toBe(off === 0n);
    }),
  );
});
