import type { AmountView, MoneyLineView } from '@tributary/contracts';
import fc from 'fast-check';
import { amountView } from '../../shared/decide/amount-view.js';
import type { KnownMovement, MoneyDocument, MoneyEvidence, MoneyNews } from './money-evidence.js';
import { paymentMoney } from './payment-money.js';
import { rateText } from './rate-text.js';

const at = '2026-11-21T06:00:00.000Z';
const movement = (change: Partial<KnownMovement> = {}): KnownMovement => ({
  ...{ id: 'txn_1', category: 'charge', currency: 'USD', gross: '10000', fee: '320', at, payoutId: null, ...change },
});
const news = (kind: MoneyNews['kind'], minor: string, change: Partial<MoneyNews> = {}): MoneyNews => ({
  ...{ objectId: 're_1', kind, amount: amountView(minor, 'USD'), inquiry: false, status: null, at, eventId: 'evt_2', ...change },
});
const document = (change: Partial<MoneyDocument> = {}): MoneyDocument => ({
  ...{ postingKey: 'kinetic-main/cash-receipt/ch_1', target: 'kinetic-main', kind: 'cash-receipt', there: true, at, state: 'matched' },
  ...{ effect: clearing('10000', null), entries: clearing('10000', null), ...change },
});
const clearing = (debit: string | null, credit: string | null, currency = 'USD'): MoneyDocument['effect'] => [
  { role: 'CLR', account: '1150', currency, debit, credit },
  { role: 'AR', account: null, currency, debit: credit, credit: debit },
];
const evidence = (change: Partial<MoneyEvidence> = {}): MoneyEvidence => ({
  ...{ captures: [{ amount: amountView('10000', 'USD'), at, eventId: 'evt_1' }], news: [], movements: [movement()], payouts: [] },
  ...{ documents: [document()], ...change },
});
const text = (amount: AmountView | null | undefined): string | undefined => (amount ? `${amount.text} ${amount.currency}` : undefined);
const linesOf = (lines: readonly MoneyLineView[]): unknown => lines.map(({ what, amount }) => [what, text(amount)]);

it('goes from gross to net to the payout, and says what the ledger has of it', () => {
  const payout = { payoutId: 'po_1', movementId: 'txn_po', currency: 'USD', net: '-48400', at };
  const money = paymentMoney(evidence({ movements: [movement({ payoutId: 'po_1' })], payouts: [payout] }));
  expect([text(money.charge.kept), money.conversion, money.balanceText]).toEqual(['100.00 USD', null, null]);
  expect(money.balance.map(({ lines, net }) => [linesOf(lines), text(net)])).toEqual([
    [
      [
        ['charged', '100.00 USD'],
        ['fee', '-3.20 USD'],
      ],
      '96.80 USD',
    ],
  ]);
  expect(money.payouts).toEqual([
    { payoutId: 'po_1', movementId: 'txn_po', at, share: amountView('9680', 'USD'), total: amountView('48400', 'USD') },
  ]);
  expect(
    money.ledgers.map(({ target, clearing: has, expected, difference }) => [target, text(has), text(expected), text(difference)]),
  ).toEqual([['kinetic-main', '100.00 USD', '100.00 USD', '0.00 USD']]);
});

it('takes a refund off both sides, and shows the difference of a ledger that does not have it', () => {
  const refunded = {
    news: [news('refund', '2500'), news('refund-updated', '2500')],
    movements: [movement(), movement({ id: 'txn_2', category: 'refund', gross: '-2500', fee: '0' })],
  };
  const memo = document({ postingKey: 'kinetic-main/credit-memo/re_1', kind: 'credit-memo', effect: clearing(null, '2500'), entries: [] });
  const booked = paymentMoney(evidence({ ...refunded, documents: [document(), memo] }));
  expect(linesOf(booked.charge.lines)).toEqual([
    ['charged', '100.00 USD'],
    ['refunded', '-25.00 USD'], // reported twice, refunded once
  ]);
  expect([text(booked.charge.kept), text(booked.balance[0]?.net)]).toEqual(['75.00 USD', '71.80 USD']);
  expect([text(booked.ledgers[0]?.clearing), text(booked.ledgers[0]?.difference), booked.ledgers[0]?.clearingRead]).toEqual([
    '75.00 USD',
    '0.00 USD',
    false,
  ]);
  const forgotten = paymentMoney(evidence(refunded));
  expect([text(forgotten.ledgers[0]?.expected), text(forgotten.ledgers[0]?.difference)]).toEqual(['75.00 USD', '25.00 USD']);
});

it.each([
  ['a refund that failed', [news('refund', '2500'), news('refund-failed', '2500')], '100.00 USD'],
  ['a refund that was cancelled', [news('refund', '2500'), news('refund-updated', '2500', { status: 'canceled' })], '100.00 USD'],
  ['a dispute', [news('dispute', '10000'), news('dispute-withdrawn', '10000')], '0.00 USD'],
  ['a dispute that was won', [news('dispute-withdrawn', '10000'), news('dispute-reinstated', '10000')], '100.00 USD'],
  ['an inquiry', [news('dispute', '10000', { inquiry: true })], '100.00 USD'],
  ['a failure', [news('failed', '10000')], '0.00 USD'],
])('counts %s once', (_what, reported, kept) => {
  expect(text(paymentMoney(evidence({ news: reported })).charge.kept)).toBe(kept);
});

it('tells the charge from its settlement in another currency, with the rate that both make', () => {
  const money = paymentMoney(
    evidence({
      captures: [{ amount: amountView('10000', 'EUR'), at, eventId: 'evt_1' }],
      movements: [movement({ gross: '10842', fee: '344' })],
      documents: [document({ effect: clearing('10842', null), entries: [] })],
    }),
  );
  expect([text(money.conversion?.from), text(money.conversion?.to), money.conversion?.rate]).toEqual([
    '100.00 EUR',
    '108.42 USD',
    '1.084200',
  ]);
  expect([text(money.charge.kept), text(money.balance[0]?.net), text(money.ledgers[0]?.difference)]).toEqual([
    '100.00 EUR',
    '104.98 USD',
    '0.00 USD',
  ]);
});

it('says why a ledger cannot be compared', () => {
  const other = paymentMoney(evidence({ documents: [document({ effect: clearing('9000', null, 'GBP'), entries: [] })] }));
  expect([other.ledgers[0]?.difference, other.ledgers[0]?.text]).toEqual([null, 'Stripe has nothing in GBP to compare it with']);
  const none = paymentMoney(evidence({ documents: [document({ effect: [], entries: [] })] }));
  expect(none.ledgers[0]?.text).toContain('nothing on a clearing account');
  expect(paymentMoney(evidence({ movements: [] })).balanceText).toContain('not known yet');
});

it.each([
  ['100.00', 'EUR', '108.42', 'USD', '1.084200'],
  ['1148', 'ISK', '8.35', 'USD', '0.007274'],
  ['3.000', 'KWD', '9.77', 'USD', '3.256667'],
  ['0.00', 'EUR', '1.00', 'USD', null],
])('%s %s that became %s %s: rate %s', (from, one, to, other, rate) => {
  const amount = (decimal: string, currency: string): AmountView => ({
    minor: decimal.replace('.', ''),
    currency,
    text: decimal,
    exact: true,
  });
  expect(rateText(amount(from, one), amount(to, other))).toBe(rate);
});

it('the lines of a balance add up to its net, and the shares of payouts to what is paid out', () => {
  const minor = fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }).map(String);
  const movements = fc.array(
    fc.record({
      id: fc.uuid(),
      category: fc.constantFrom('charge', 'refund', 'dispute', 'fee', 'constructor', ''),
      currency: fc.constantFrom('USD', 'EUR', 'JPY'),
      gross: minor,
      fee: minor,
      at: fc.constant(at),
      payoutId: fc.constantFrom('po_1', 'po_2', null),
    }),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(movements, (known) => {
      const { balance } = paymentMoney(evidence({ movements: known }));
      const nets = new Map<string, bigint>();
      for (const { currency, gross, fee } of known) nets.set(currency, (nets.get(currency) ?? 0n) + BigInt(gross) - BigInt(fee));
      expect(balance.map(({ currency, net }) => [currency, BigInt(net.minor)])).toEqual([...nets].sort(([a], [b]) => (a < b ? -1 : 1)));
    }),
  );
});
