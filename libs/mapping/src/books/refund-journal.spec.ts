import fc from 'fast-check';
import { compileAssets } from '../compile-assets.js';
import { route } from '../route.js';
import type { RoutedFact } from '../routed-fact.js';
import { shippedLanguage } from '../shipped-language.js';
import { shippedFiles, shippedProblems } from '../testing/shipped.js';
import { refundJournal, refundLine } from './refund-line.js';

const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const p21 = (...changes: Parameters<typeof shippedFiles>[0] & object) => {
  const compiled = compileAssets(shippedFiles(changes), shippedLanguage(), ['p21-main']);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  return compiled.bundle;
};
// events/refund.created.json: 120.00 of 500.00 USD, here of a sale with 41.25 tax.
const refund = {
  refundId: 're_1',
  chargeId: 'ch_1',
  paymentId: 'pi_1',
  customerId: 'cus_1',
  status: 'succeeded',
  amount: usd(12_000n),
  paymentAmount: usd(50_000n),
  refundedBefore: usd(0n),
  creditNoteId: null as string | null,
  sale: { id: 'cs_1', kind: 'checkout', total: usd(50_000n), tax: usd(4_125n) },
  settlement: { gross: usd(-12_000n), balanceTransactionId: 'txn_1' },
  balanceTransactionId: 'txn_1',
  createdAt: 1_788_276_642_000,
};
const fact = (change: object = {}): RoutedFact => ({
  eventId: 'e',
  eventType: 'ar.refund-created',
  value: { source: { occurredAt: 1_788_276_642_000, livemode: false }, refund: { ...refund, ...change } },
  sourceEventId: 'evt',
  sequence: 's',
});
type Requests = ReturnType<typeof route>['postings'];
const effects = (requests: Requests) =>
  requests.flatMap(({ request }) =>
    request.effect.map(
      ({ role, debit, credit }) => `${role} ${debit ? 'debit' : 'credit'} ${(debit ?? credit)?.minor} ${(debit ?? credit)?.currency}`,
    ),
  );

it('is one entry where the profile says so: returns and tax against the clearing account', () => {
  const { postings } = route(p21(['p21-main.yaml', 'sales: receipts', 'sales: invoiced']), fact(), 0);
  expect(postings.map(({ request }) => request.postingKey)).toEqual(['p21-main/journal/re_1']);
  // 4,125 * 12,000 / 50,000 = 990.
  expect(effects(postings)).toEqual(['RET debit 11010 USD', 'TAX debit 990 USD', 'CLR credit 12000 USD']);
  expect(postings[0]?.request.needs).toMatchObject([{ postingKey: 'p21-main/cash-receipt/ch_1', until: 'released' }]);
  expect(postings[0]?.request.lines.map(({ fields }) => [fields.AccountNumber, fields.Debit ?? null, fields.Credit ?? null])).toEqual([
    ['49000000', '110.10', null],
    ['22000000', '9.90', null],
    ['11500000', null, '120.00'],
  ]);
});

it('goes against receivables where the sale was only received on account, or where a credit note is the memo', () => {
  expect(effects(route(p21(), fact(), 0).postings)).toEqual(['AR debit 12000 USD', 'CLR credit 12000 USD']);
  const noted = route(p21(['p21-main.yaml', 'sales: receipts', 'sales: invoiced']), fact({ creditNoteId: 'cn_1' }), 0);
  expect(effects(noted.postings)).toEqual(['AR debit 12000 USD', 'CLR credit 12000 USD']);
});

it('is in what left the balance where that is another currency', () => {
  const settled = { settlement: { gross: { minor: -11_111n, currency: 'EUR' }, balanceTransactionId: 'txn_1' } };
  const { postings } = route(p21(['p21-main.yaml', 'sales: receipts', 'sales: invoiced']), fact(settled), 0);
  // 11,111 * 990 / 12,000 = 916.66, rounded to 917.
  expect(effects(postings)).toEqual(['RET debit 10194 EUR', 'TAX debit 917 EUR', 'CLR credit 11111 EUR']);
});

describe('as a return', () => {
  const byReturn = ['p21-main.yaml', 'creditMemo: journal', 'creditMemo: rma'] as const;
  const invoiced = ['p21-main.yaml', 'sales: receipts', 'sales: invoiced'] as const;

  it('of an invoiced sale is a memo of the item of the profile, and an entry that pays it out', () => {
    const untaxed = fact({ sale: { ...refund.sale, tax: usd(0n) } });
    const { postings } = route(p21(byReturn, invoiced), untaxed, 0);
    expect(postings.map(({ request }) => request.postingKey)).toEqual(['p21-main/journal/re_1', 'p21-main/credit-memo/re_1']);
    expect(effects(postings)).toEqual(['AR debit 12000 USD', 'CLR credit 12000 USD', 'RET debit 12000 USD', 'AR credit 12000 USD']);
    const lines = postings[1]?.request.lines.map(({ fields }) => fields);
    expect(lines).toEqual([{ oe_order_item_id: 'STRIPE-REFUND', unit_quantity: '1', unit_price: '120.00' }]);
  });

  it('tells its tax, so that the connector does not leave it to the ledger', () => {
    const [, memo] = route(p21(byReturn, invoiced), fact(), 0).postings;
    expect(memo?.request.fields).toMatchObject({ tax: '9.90' });
  });

  it.each([
    ['a sale on account only', [byReturn], fact()],
    ['a credit note', [byReturn, invoiced], fact({ creditNoteId: 'cn_1' })],
  ])('of %s is the entry alone', (_what, changes, of) => {
    const { postings } = route(p21(...changes), of, 0);
    expect(postings.map(({ request }) => request.postingKey)).toEqual(['p21-main/journal/re_1']);
  });

  it('needs a mapping for its memo', () => {
    const without = shippedFiles([[...byReturn]]).filter(({ path }) => !path.endsWith('prophet21/mappings/credit-memo.yaml'));
    const compiled = compileAssets(without, shippedLanguage());
    expect(compiled.ok ? [] : compiled.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('expected a mapping with "document: credit-memo" and a shape of prophet21; profile p21-main needs it'),
    ]);
  });
});

it('that fails later waits for its entry, and not for documents that nobody makes', () => {
  const failed = {
    ...fact({
      failureBalanceTransactionId: 'txn_2',
      status: 'failed',
      failureSettlement: { gross: usd(12_000n), balanceTransactionId: 'txn_2' },
    }),
    eventType: 'ar.refund-failed',
  };
  const [posting] = route(p21(), failed, 0).postings;
  expect(posting?.request.needs).toMatchObject([{ postingKey: 'p21-main/journal/re_1' }]);
});

it('balances for every refund of every sale', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 9n });
  fc.assert(
    fc.property(fc.boolean(), amount, amount, amount, fc.bigInt({ min: 0n, max: 10n ** 8n }), (invoiced, part, paid, total, tax) => {
      const lines = refundJournal(invoiced, refundLine('refund', usd(part), null, usd(total), usd(tax)), { minor: paid, currency: 'EUR' });
      const sum = (side: 'debit' | 'credit'): bigint => lines.reduce((all, line) => all + (line[side]?.minor ?? 0n), 0n);
      expect([sum('debit'), sum('credit')]).toEqual([paid, paid]);
      expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
    }),
  );
});

it('needs the mappings of its documents where the profile does not say journal', () => {
  expect(shippedProblems([['p21-main.yaml', 'creditMemo: journal', 'creditMemo: documents']])).toEqual([
    expect.stringContaining('expected a mapping with "document: refund-payment" and a shape of prophet21; profile p21-main needs it'),
  ]);
});
