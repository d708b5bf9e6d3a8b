import fc from 'fast-check';
import { route } from '../route.js';
import type { RoutedFact } from '../routed-fact.js';
import { shippedBundle } from '../testing/shipped.js';

const source = { occurredAt: 1_788_276_642_000, livemode: false };
const money = (currency: fc.Arbitrary<string>) => fc.record({ minor: fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), currency });
const fact = (eventType: string, value: object): RoutedFact => ({
  eventId: 'e',
  eventType,
  value: { source, ...value },
  sourceEventId: 'evt',
  sequence: 's',
});
const payout = { payoutId: 'po_1', automatic: true, arrivalDate: '2026-09-09', statementDescriptor: null };
const types = fc.constantFrom(
  'charge',
  'refund',
  'adjustment',
  'stripe_fee',
  'payout_failure',
  'refund_failure',
  'reserved_funds',
  'type_53',
);
const categories = fc.constantFrom('charge', 'refund', 'dispute', 'dispute_reversal', 'fee', 'category_53');

it('is balanced for every payout, whatever it consists of', () => {
  const bundle = shippedBundle();
  const usd = money(fc.constant('USD'));
  const group = fc.record({
    type: types,
    category: categories,
    gross: usd,
    fee: usd,
    net: usd,
    currency: fc.constant('USD'),
    count: fc.nat(99),
  });
  fc.assert(
    fc.property(fc.array(group, { maxLength: 12 }), usd, (groups, amount) => {
      const value = {
        payout: { ...payout, amount },
        groups: groups.map((one) => ({ ...one, fees: [], movementIds: [] })),
        movementCount: 1,
        difference: { minor: 0n, currency: 'USD' },
      };
      for (const { request } of route(bundle, fact('treasury.payout-itemised', value), 0).postings) {
        const sum = (side: 'debit' | 'credit'): bigint => request.effect.reduce((total, line) => total + (line[side]?.minor ?? 0n), 0n);
        expect(sum('debit')).toBe(sum('credit'));
        expect(request.effect.every(({ debit, credit }) => (debit ?? credit ?? { minor: 0n }).minor > 0n)).toBe(true);
        expect(new Set(request.lines.map(({ key }) => key)).size).toBe(request.lines.length);
      }
    }),
    { numRuns: 300 },
  );
});

it('gives every part of a movement to one owner: with the payout or by itself, never both and never neither', () => {
  const sums = (bundle: ReturnType<typeof shippedBundle>, facts: readonly RoutedFact[]): bigint =>
    facts
      .flatMap((one) => route(bundle, one, 0).postings)
      .flatMap(({ request }) => request.effect)
      .reduce((sum, { role, debit, credit }) => (role === 'CLR' ? sum + (debit?.minor ?? 0n) - (credit?.minor ?? 0n) : sum), 0n);
  const withPayout = shippedBundle([
    ['kinetic-main.yaml', 'dispute: movement', 'dispute: payout'],
    ['kinetic-main.yaml', 'refund-failure: movement', 'refund-failure: payout'],
    ['kinetic-main.yaml', 'payout-failure: movement', 'payout-failure: payout'],
  ]);
  const byMovement = shippedBundle([['kinetic-main.yaml', 'default: payout', 'default: movement']]);
  const movement = fc.record({
    type: fc.constantFrom('charge', 'stripe_fee', 'reserved_funds', 'tax_fee', 'type_53'),
    gross: fc.bigInt({ min: -9_999n, max: 9_999n }),
    fee: fc.bigInt({ min: -99n, max: 999n }),
  });
  fc.assert(
    fc.property(fc.array(movement, { minLength: 1, maxLength: 8 }), (movements) => {
      const usd = (minor: bigint): object => ({ minor, currency: 'USD' });
      const amount = usd(movements.reduce((sum, { gross, fee }) => sum + gross - fee, 0n));
      const rows = movements.map(({ type, gross, fee }) => ({ type, gross: usd(gross), fee: usd(fee), net: usd(gross - fee) }));
      const groups = rows.map((row) => ({ ...row, category: row.type, currency: 'USD', count: 1, fees: [], movementIds: [] }));
      const itemised = fact('treasury.payout-itemised', { payout: { ...payout, amount }, groups, movementCount: 1, difference: usd(0n) });
      const each = rows.map((row, index) =>
        fact('treasury.balance-movement-recorded', {
          movement: { ...row, movementId: `txn_${index}`, reportingCategory: row.type, createdAt: 0 },
        }),
      );
      expect(sums(byMovement, [itemised, ...each])).toBe(sums(withPayout, [itemised]));
      expect(sums(withPayout, each)).toBe(0n);
    }),
    { numRuns: 200 },
  );
});

it('books a payout that was made by hand once, also when a later automatic payout consists of it', () => {
  const bundle = shippedBundle();
  const usd = (minor: bigint): object => ({ minor, currency: 'USD' });
  const group = { currency: 'USD', count: 1, fees: [], movementIds: [] };
  const byHand = fact('treasury.payout-paid', { payout: { ...payout, payoutId: 'po_hand', automatic: false, amount: usd(10_000n) } });
  const automatic = fact('treasury.payout-itemised', {
    payout: { ...payout, amount: usd(38_500n) },
    groups: [
      { ...group, type: 'charge', category: 'charge', gross: usd(50_000n), fee: usd(1_500n), net: usd(48_500n) },
      { ...group, type: 'payout', category: 'payout', gross: usd(-10_000n), fee: usd(0n), net: usd(-10_000n) },
    ],
    movementCount: 2,
    difference: usd(0n),
  });
  const booked = (role: string, facts: readonly RoutedFact[]): bigint =>
    facts
      .flatMap((one) => route(bundle, one, 0).postings)
      .flatMap(({ request }) => request.effect)
      .filter((line) => line.role === role)
      .reduce((sum, { debit, credit }) => sum + (debit?.minor ?? 0n) - (credit?.minor ?? 0n), 0n);
  // The receipt put 500.00 on the clearing account. The manual payout of 100.00, the automatic payout of 385.00 and the fee of 15.00 together
  // clear it.
  expect(booked('CLR', [byHand, automatic])).toBe(-50_000n);
  expect(booked('BANK', [byHand, automatic])).toBe(48_500n);
  expect(booked('BANK', [automatic])).toBe(38_500n);
});

it('that does not balance is refused before any call, with file, line and the two sums', () => {
  const wrong = shippedBundle([
    [
      'flows/payment-to-cash-receipt.yaml',
      /role: AR, credit: '?coalesce\(document\.settled, document\.amount\)'?/,
      "role: AR, credit: 'minus(document.amount, document.amount)'",
    ],
  ]);
  const payment = {
    paymentId: 'pi_1',
    chargeId: 'ch_1',
    customerId: 'cus_1',
    payer: {},
    amount: { minor: 1_050n, currency: 'USD' },
    receivedAt: 0,
    method: { type: 'card' },
    metadata: {},
  };
  expect(() => route(wrong, fact('ar.payment-received', payment), 0)).toThrow(
    expect.objectContaining({
      code: 'posting.unbalanced',
      disposition: 'reject',
      message: expect.stringMatching(
        /^making cash-receipt kinetic-main\/cash-receipt\/ch_1 \(assets\/shared\/flows\/payment-to-cash-receipt\.yaml:\d+\): the effect of step cash-receipt does not balance: debits are 10\.50 USD, credits 0\.00 USD$/,
      ) as string,
    }),
  );
});
