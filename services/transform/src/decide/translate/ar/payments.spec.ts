import { derivedEventId } from '@tributary/domain';
import { eventOf, fixture, objectOf, translateBody, withObject } from '../../../testing/fixtures.js';
import { enrichmentNeeded } from '../translate.js';

// Expected values by hand from the bodies in proof/fixtures/stripe.

describe('a captured charge', () => {
  const body = fixture('events/charge.succeeded.json');

  it('becomes one payment, gross of fees, keyed by its customer and ordered by its payment', () => {
    const { facts, record } = translateBody(body);
    expect(facts).toEqual([
      {
        event: expect.objectContaining({ type: 'ar.payment-received' }),
        eventId: derivedEventId('evt_3TMLcqcFxA9Kd7NwTmKBaOyht', 'ar.payment-received', 0),
        key: 'cus_upquNHnKxoIQFO',
        sequence: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
        value: {
          source: {
            system: 'stripe',
            account: null,
            eventId: 'evt_3TMLcqcFxA9Kd7NwTmKBaOyht',
            eventType: 'charge.succeeded',
            objectId: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
            apiVersion: '2026-08-26.dahlia',
            livemode: false,
            occurredAt: 1_788_276_642_000,
          },
          paymentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
          chargeId: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
          part: null,
          paymentIntentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
          customerId: 'cus_upquNHnKxoIQFO',
          customer: null,
          payer: {
            name: 'Acme Fabrication LLC',
            email: 'ap@acme-fabrication.example',
            phone: null,
            address: { line1: '2200 Industrial Pkwy', line2: 'Dock 4', city: 'Dayton', state: 'OH', postalCode: '45402', country: 'US' },
          },
          amount: { minor: 29429n, currency: 'USD' },
          receivedAt: 1_788_276_642_000,
          chargedAt: 1_788_276_641_000,
          saleId: 'WEB-1001',
          method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
          description: 'WEB-1001',
          balanceTransactionId: null,
          settlement: null,
          metadata: { erp_order_ref: 'WEB-1001', channel: 'web' },
        },
      },
    ]);
    expect(record).toMatchObject({
      canonical: [{ eventId: facts[0]?.eventId, eventType: 'ar.payment-received' }],
      ignoredReason: null,
    });
  });

  it('takes customer, fee and net from the Stripe API where they were read', () => {
    const customer = objectOf({ id: 'cus_upquNHnKxoIQFO', object: 'customer', name: 'Acme', metadata: { erp_customer_id: 'C-10021' } });
    const balanceTransaction = objectOf(fixture('recorded/dj-stripe/object.balance_transaction.charge.json'));
    const { facts } = translateBody(body, { customer, balance_transaction: balanceTransaction });
    expect(facts[0]?.value).toMatchObject({
      customer: { customerId: 'cus_upquNHnKxoIQFO', name: 'Acme', metadata: { erp_customer_id: 'C-10021' } },
      settlement: {
        balanceTransactionId: 'txn_fake_ch_fakefakefakefakefake0001',
        gross: { minor: 2000n, currency: 'USD' },
        fee: { minor: 88n, currency: 'USD' },
        net: { minor: 1912n, currency: 'USD' },
        reportingCategory: 'charge',
        availableAt: 1_558_569_600_000,
      },
    });
  });

  it('does not take a deleted customer for a customer', () => {
    const customer = objectOf({ id: 'cus_upquNHnKxoIQFO', object: 'customer', deleted: true });
    expect(translateBody(body, { customer }).facts[0]?.value).toMatchObject({ customerId: 'cus_upquNHnKxoIQFO', customer: null });
  });

  // docs/reference/stripe.md, "Money": sent unscaled, whatever the decimals of the currency.
  it.each([
    { currency: 'jpy', amount: 1050 },
    { currency: 'kwd', amount: 5120 },
    { currency: 'isk', amount: 500 },
    { currency: 'ugx', amount: 500 },
    { currency: 'idr', amount: 999_999_999_999 },
  ])('keeps $amount $currency in its own minor units', ({ currency, amount }) => {
    const { facts } = translateBody(withObject(body, { currency, amount, amount_captured: amount }));
    expect(facts[0]?.value).toMatchObject({ amount: { minor: BigInt(amount), currency: currency.toUpperCase() } });
  });

  it('counts only what was captured', () => {
    const captured = { ...withObject(body, { amount_captured: 10_000 }), type: 'charge.captured' };
    expect(translateBody(captured).facts[0]?.value).toMatchObject({ amount: { minor: 10_000n, currency: 'USD' } });
  });

  it('is keyed by its payment when a guest paid, and by the charge when there is no payment intent', () => {
    expect(translateBody(withObject(body, { customer: null })).facts[0]).toMatchObject({
      key: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
      sequence: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
    });
    expect(translateBody(withObject(body, { customer: null, payment_intent: null })).facts[0]).toMatchObject({
      key: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
      sequence: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ',
      value: { paymentId: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ', paymentIntentId: null },
    });
  });

  it('received the money of a bank debit on the day it succeeded', () => {
    const { facts } = translateBody(fixture('events/charge.succeeded.us_bank_account.json'));
    expect(facts[0]?.value).toMatchObject({
      chargeId: 'py_3T7bxl9FxA9Kd7NwT0UhVWl9o',
      amount: { minor: 250_000n, currency: 'USD' },
      receivedAt: 1_788_560_100_000,
      method: { type: 'us_bank_account', brand: null, last4: '6789', country: null },
    });
  });

  it('of API 2020-03-02 reads the same', () => {
    const { facts } = translateBody(fixture('recorded/stripe-sync-engine/charge.succeeded.json'));
    expect(facts[0]).toMatchObject({
      key: 'cus_J7Mkgr8mvbl1eK',
      value: {
        chargeId: 'ch_3KtQThJDPojXS6LN0YmgbxGj',
        amount: { minor: 3000n, currency: 'USD' },
        payer: { name: null, email: null, phone: null, address: { country: 'AU', line1: null } },
        balanceTransactionId: 'txn_3KtQThJDPojXS6LN0ClROjTy',
      },
    });
  });

  it('without an amount is refused rather than booked as nothing', () => {
    expect(() => translateBody(withObject(body, { amount_captured: 0 }))).toThrow('should be more than 0');
  });
});

describe('charge.updated', () => {
  it('tells the settlement when the balance transaction became known', () => {
    const body = fixture('events/charge.updated.gbp-settled-usd-no-customer.json');
    expect(enrichmentNeeded(eventOf(body))).toEqual([{ kind: 'balance_transaction', id: 'txn_1TVsJtkFxA9Kd7NwTe5R1CSb8', required: true }]);
    const transaction = { id: 'txn_1TVsJtkFxA9Kd7NwTe5R1CSb8', amount: 10_176, fee: 425, net: 9751, currency: 'usd' };
    expect(translateBody(body, { balance_transaction: objectOf(transaction) }).facts).toMatchObject([
      {
        event: { type: 'ar.payment-settled' },
        key: 'pi_3TVsJtkFxA9Kd7NwT021tKg1K',
        value: {
          amount: { minor: 8000n, currency: 'GBP' },
          settlement: { gross: { minor: 10_176n, currency: 'USD' }, fee: { minor: 425n }, net: { minor: 9751n } },
        },
      },
    ]);
  });

  it('tells the id of the balance transaction when the API gave no answer', () => {
    expect(translateBody(fixture('events/charge.updated.json')).facts[0]?.value).toMatchObject({
      balanceTransactionId: 'txn_1TomAsaFxA9Kd7NwTKXNgEgHA',
      settlement: null,
    });
  });
});

it('tells a failed charge with the amount that was tried', () => {
  expect(translateBody(fixture('events/charge.failed.json')).facts).toMatchObject([
    {
      event: { type: 'ar.payment-failed' },
      value: {
        chargeId: 'ch_3TOBGhgFxA9Kd7NwT04sbLzKy',
        amount: { minor: 4200n, currency: 'USD' },
        failureCode: 'card_declined',
        failureText: 'Your card has insufficient funds.',
      },
    },
  ]);
});

it('tells a succeeded intent by what was received', () => {
  expect(translateBody(fixture('events/payment_intent.succeeded.json')).facts).toMatchObject([
    {
      event: { type: 'ar.payment-confirmed' },
      key: 'cus_upquNHnKxoIQFO',
      value: { chargeId: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ', amount: { minor: 29_429n, currency: 'USD' } },
    },
  ]);
});
