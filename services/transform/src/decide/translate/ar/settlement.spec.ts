import type { PaymentReceived } from '@tributary/contracts';
import { eventOf, fieldReport, fixture, objectOf, translateBody, withObject, withPrevious } from '../../../testing/fixtures.js';
import { SettlementUnknownError } from '../../errors.js';
import type { SettlementPolicy } from '../settlement-policy.js';
import type { Json } from '../../stripe-model/stripe-event.js';
import { plainSettings, enrichmentNeeded } from '../translate.js';
import type { Enrichment } from '../enrichment.js';

const waitMs = 3_600_000;
const usdOnly: SettlementPolicy = { currencies: new Set(['USD']), waitMs };
const settings = { ...plainSettings, settlement: usdOnly };
// By hand from proof/fixtures/field: 250.00 GBP are kept as 316.00 USD.
const unsettled = fieldReport('charge.succeeded.gbp-not-settled');
const transaction = { id: 'txn_1', object: 'balance_transaction', amount: 31_600, fee: 946, net: 30_654, currency: 'usd' };

function paymentOf(body: Json, enrichment: Enrichment = {}): PaymentReceived {
  return translateBody(body, enrichment, settings).facts[0]?.value as PaymentReceived;
}

it('asks for the balance transaction where the event names it, else for the charge, else for nothing', () => {
  expect(enrichmentNeeded(eventOf(fieldReport('charge.succeeded.gbp-settled-usd')), settings)).toEqual([
    { kind: 'customer', id: 'cus_field01Marlow' },
    { kind: 'balance_transaction', id: 'txn_field01Known', required: true },
  ]);
  expect(enrichmentNeeded(eventOf(unsettled), settings)).toEqual([
    { kind: 'customer', id: 'cus_field01Marlow' },
    { kind: 'charge', id: 'ch_field01Later', fresh: true },
  ]);
  // Declared: one call less for every payment.
  expect(enrichmentNeeded(eventOf(fixture('events/charge.succeeded.json')), settings)).toEqual([
    { kind: 'customer', id: 'cus_upquNHnKxoIQFO' },
  ]);
});

it('takes the balance transaction of the charge as it is now', () => {
  const charge = objectOf({ id: 'ch_field01Later', amount_captured: 25_000, balance_transaction: transaction });
  expect(paymentOf(unsettled, { charge })).toMatchObject({
    amount: { minor: 25_000n, currency: 'GBP' },
    balanceTransactionId: 'txn_1',
    settlement: { gross: { minor: 31_600n, currency: 'USD' }, net: { minor: 30_654n } },
  });
});

it.each<[string, Enrichment]>([
  ['nobody could be asked', {}],
  ['the charge does not have one yet', { charge: objectOf({ id: 'ch_field01Later', amount_captured: 25_000, balance_transaction: null }) }],
  ['the answer was not expanded', { charge: objectOf({ id: 'ch_field01Later', amount_captured: 25_000, balance_transaction: 'txn_1' }) }],
  [
    'more was captured meanwhile: it is of another capture',
    { charge: objectOf({ id: 'ch_field01Later', amount_captured: 26_000, balance_transaction: transaction }) },
  ],
])('waits, bounded, when %s', (_, enrichment) => {
  const attempt = (): unknown => paymentOf(unsettled, enrichment);
  expect(attempt).toThrow(SettlementUnknownError);
  expect(attempt).toThrow(
    expect.objectContaining({
      code: 'stripe.settlement-unknown',
      disposition: 'retry',
      holdAfterMs: waitMs,
      context: { charge: 'ch_field01Later', currency: 'GBP' },
    }),
  );
  expect(attempt).toThrow('add GBP to STRIPE_SETTLEMENT_CURRENCIES if the Stripe account keeps GBP as GBP');
});

it('waits also where the balance transaction is named and cannot be read', () => {
  expect(() => paymentOf(fieldReport('charge.succeeded.gbp-settled-usd'))).toThrow(SettlementUnknownError);
});

it('goes on at once with a declared currency, and a balance transaction wins over the declaration', () => {
  const usd = fixture('events/charge.succeeded.json');
  expect(paymentOf(usd)).toMatchObject({ balanceTransactionId: null, settlement: null });
  const settled = withObject(usd, { balance_transaction: 'txn_1' });
  expect(paymentOf(settled)).toMatchObject({ balanceTransactionId: 'txn_1', settlement: null });
  const inEuro = objectOf({ ...transaction, currency: 'eur' });
  expect(paymentOf(settled, { balance_transaction: inEuro })).toMatchObject({ settlement: { gross: { currency: 'EUR' } } });
});

it('does not take the balance transaction of the capture before for that of a later one', () => {
  const later = withPrevious(withObject({ ...unsettled, type: 'charge.updated' }, { captured: false, balance_transaction: 'txn_first' }), {
    amount_captured: 10_000,
  });
  expect(enrichmentNeeded(eventOf(later), settings)).toEqual([
    { kind: 'customer', id: 'cus_field01Marlow' },
    { kind: 'charge', id: 'ch_field01Later', fresh: true },
  ]);
  expect(() => paymentOf(later)).toThrow(SettlementUnknownError);
});

it('only tells the settlement, and books nothing, when charge.updated brings the balance transaction', () => {
  const updated = withPrevious(withObject({ ...unsettled, type: 'charge.updated' }, { balance_transaction: 'txn_1' }), {
    balance_transaction: null,
  });
  expect(translateBody(updated, {}, settings).facts.map(({ event }) => event.type)).toEqual(['ar.payment-settled']);
});
