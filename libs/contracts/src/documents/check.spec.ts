import fc from 'fast-check';
import { checkCanonicalDocument, maxDocumentBytes, totalsOf } from './check.js';
import type { JournalDocument, JournalLine, PaymentDocument, SalesDocument, SalesLine } from './types.js';

const usd = (minor: bigint): { minor: bigint; currency: string } => ({ minor, currency: 'USD' });
const source = { id: 're_1', paymentId: null, chargeId: null, description: null, orderReference: null };
const line = (change: Partial<SalesLine> = {}): SalesLine => ({
  key: '1',
  kind: 'item',
  item: null,
  text: 'Part',
  quantity: null,
  unit: null,
  net: usd(10_000n),
  tax: usd(825n),
  taxCode: null,
  ...change,
});
function memo(lines: readonly SalesLine[], change: Partial<SalesDocument> = {}): SalesDocument {
  const about = { party: null, reference: null, date: 0n, due: null, currency: 'USD', reason: null, credits: null, source };
  return { ...about, lines, totals: totalsOf(lines, 'USD'), ...change };
}
const journal = (lines: readonly JournalLine[]): JournalDocument => ({
  date: 0n,
  currency: 'USD',
  lines,
  text: 't',
  reverses: null,
  source,
});
const debit = (key: string, minor: bigint): JournalLine => ({ key, role: 'FEE', debit: usd(minor), credit: null, text: 't', count: 1n });
const credit = (key: string, minor: bigint): JournalLine => ({ key, role: 'CLR', debit: null, credit: usd(minor), text: 't', count: 1n });

it('adds up lines by what they are', () => {
  const lines = [
    line(),
    line({ key: '2', kind: 'discount', net: usd(-500n), tax: usd(0n) }),
    line({ key: '3', kind: 'shipping', net: usd(900n), tax: usd(74n) }),
  ];
  expect(totalsOf(lines, 'USD')).toEqual({
    net: usd(10_000n),
    discount: usd(-500n),
    shipping: usd(900n),
    tax: usd(899n),
    gross: usd(11_299n),
  });
});

it.each<[string, SalesDocument, string]>([
  ['no line', memo([]), 'takes 1 to 500 lines and has 0'],
  ['too many lines', memo(Array.from({ length: 501 }, (_, n) => line({ key: String(n) }))), 'takes 1 to 500 lines and has 501'],
  ['a key twice', memo([line(), line()]), 'two lines have the key 1'],
  ['a line in another currency', memo([line({ tax: { minor: 1n, currency: 'EUR' } })]), 'has an amount in EUR; its currency is USD'],
  [
    'a total that is one cent off',
    memo([line()], { totals: { ...totalsOf([line()], 'USD'), gross: usd(10_826n) } }),
    'totals.gross is 10826 and its lines add up to 10825 USD (minor units)',
  ],
  [
    'more than 256 KiB',
    memo([line({ text: 'x'.repeat(maxDocumentBytes) })]),
    expect.stringMatching(/^takes 262144 bytes and has 26\d{4}$/) as string,
  ],
])('refuses a sales document with %s', (_, document, problem) => {
  expect(checkCanonicalDocument('credit-memo', document)).toEqual([problem]);
});

it('takes a sales document whose totals are its lines, whatever they are', () => {
  const amount = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(usd);
  const kinds = fc.constantFrom('item', 'text', 'shipping', 'discount', 'fee', 'rounding');
  const lines = fc.array(fc.record({ kind: kinds, net: amount, tax: amount }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(lines, (given) => {
      const made = given.map((one, n) => line({ ...one, key: String(n) }));
      expect(checkCanonicalDocument('invoice', memo(made))).toEqual([]);
      const wrong = { ...totalsOf(made, 'USD'), tax: usd(totalsOf(made, 'USD').tax.minor + 1n) };
      expect(checkCanonicalDocument('invoice', memo(made, { totals: wrong }))).toHaveLength(1);
    }),
  );
});

it.each<[string, readonly JournalLine[], string]>([
  ['one line', [debit('a', 0n)], 'takes 2 to 200 lines and has 1'],
  ['no balance', [debit('a', 100n), credit('b', 99n)], 'debits are 100 and credits 99 (minor units)'],
  [
    'both sides in a line',
    [{ ...debit('a', 1n), credit: usd(1n) }, debit('b', 1n), credit('c', 1n)],
    'line a needs exactly one of debit and credit',
  ],
  ['a negative amount', [debit('a', -5n), credit('b', -5n)], 'line a needs a positive amount; got -5'],
])('refuses a journal with %s', (_, lines, problem) => {
  expect(checkCanonicalDocument('journal', journal(lines))).toContain(problem);
});

it('takes a journal that balances', () => {
  expect(checkCanonicalDocument('journal', journal([debit('a', 60n), debit('b', 40n), credit('c', 100n)]))).toEqual([]);
});

it('refuses a payment that clears in another currency and does not say how much', () => {
  const paid: PaymentDocument = {
    party: null,
    method: null,
    amount: { minor: 8_000n, currency: 'GBP' },
    settled: null,
    date: 0n,
    clearing: 'USD',
    settles: null,
    metadata: {},
    source,
  };
  expect(checkCanonicalDocument('cash-receipt', paid)).toEqual([
    'amount is in GBP and clears in USD, and nothing says how much that is (settled)',
  ]);
  expect(checkCanonicalDocument('cash-receipt', { ...paid, settled: usd(10_752n) })).toEqual([]);
  expect(checkCanonicalDocument('cash-receipt', { ...paid, settled: usd(0n) })).toEqual(['settled has to be positive; got 0']);
});
