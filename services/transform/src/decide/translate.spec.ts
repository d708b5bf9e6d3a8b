import { derivedEventId } from '@tributary/domain';
import { InvalidStripeObjectError } from './errors.js';
import { eventOf, fixture, objectOf, translateBody, withObject } from '../testing/fixtures.js';
import { ignoredReasons } from './ignored-reasons.js';
import { parseBody } from './stripe-event.js';
import { mappers, wishesOf } from './translate.js';

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
    const { facts } = translateBody(body, { customer, balanceTransaction });
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

describe('what is ignored says why', () => {
  const charge = fixture('events/charge.succeeded.json');
  it.each([
    ['an authorisation', withObject(charge, { captured: false, amount_captured: 0 }), 'not-captured'],
    ['a charge that is still pending', withObject(charge, { status: 'pending' }), 'not-succeeded'],
    ['an update without new balance transaction', fixture('recorded/stripe-sync-engine/charge.updated.json'), 'no-accounting-change'],
    ['an intent that did not succeed', fixture('recorded/stripe-sync-engine/payment_intent.succeeded.json'), 'not-succeeded'],
    ['a running total of refunds', fixture('events/charge.refunded.full.json'), 'refund-total-only'],
    ['a partial running total', fixture('events/charge.refunded.partial.json'), 'refund-total-only'],
    ['a pending bank debit', fixture('events/charge.pending.us_bank_account.json'), 'unhandled-type'],
    ['an invoice', fixture('events/invoice.paid.json'), 'unhandled-type'],
    ['a type named like a property of every object', { ...charge, type: 'constructor' }, 'unhandled-type'],
  ])('%s', (_, body, reason) => {
    const { facts, record } = translateBody(body);
    expect(facts).toEqual([]);
    expect(record).toMatchObject({ canonical: [], ignoredReason: reason });
    expect(record.ignoredText).toBeTruthy();
    expect(Object.keys(ignoredReasons)).toContain(reason);
  });
});

describe('charge.updated', () => {
  it('tells the settlement when the balance transaction became known', () => {
    const body = fixture('events/charge.updated.gbp-settled-usd-no-customer.json');
    expect(wishesOf(eventOf(body))).toEqual({ balanceTransactionId: 'txn_1TVsJtkFxA9Kd7NwTe5R1CSb8' });
    const transaction = { id: 'txn_1TVsJtkFxA9Kd7NwTe5R1CSb8', amount: 10_176, fee: 425, net: 9751, currency: 'usd' };
    expect(translateBody(body, { balanceTransaction: objectOf(transaction) }).facts).toMatchObject([
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

describe('refunds', () => {
  it('are told in full, ordered with their payment', () => {
    expect(translateBody(fixture('events/refund.created.json')).facts).toMatchObject([
      {
        event: { type: 'ar.refund-created' },
        key: 'cus_upquNHnKxoIQFO',
        sequence: 'pi_3TsfRGZFxA9Kd7NwT0sFP6de9',
        value: {
          refund: {
            refundId: 're_3Ts5H68FxA9Kd7NwT0f9YJ8gp',
            chargeId: 'ch_3TsfRGZFxA9Kd7NwT0OUkhi1i',
            amount: { minor: 12_000n, currency: 'USD' },
            status: 'succeeded',
            reason: 'requested_by_customer',
            createdAt: 1_788_429_600_000,
            metadata: { erp_rma: 'RMA-552' },
          },
        },
      },
    ]);
  });

  it('that fail later say why, and which balance transaction brought the money back', () => {
    expect(translateBody(fixture('events/refund.failed.json')).facts[0]).toMatchObject({
      event: { type: 'ar.refund-failed' },
      key: 'pi_3TjYGWDFxA9Kd7NwT0DwEVpMM',
      value: {
        refund: {
          amount: { minor: 6400n, currency: 'USD' },
          failureReason: 'lost_or_stolen_card',
          failureBalanceTransactionId: 'txn_1TgkbL7FxA9Kd7NwTKlOeVeKT',
        },
      },
    });
  });

  it('that change name what changed', () => {
    const body = { ...fixture('events/refund.failed.json'), type: 'refund.updated' };
    expect(translateBody(body).facts[0]?.value).toMatchObject({ changed: ['failure_balance_transaction', 'failure_reason', 'status'] });
  });

  it('of a payment that nobody names are refused', () => {
    expect(() => translateBody(withObject(fixture('events/refund.created.json'), { charge: null, payment_intent: null }))).toThrow(
      'its payment is unknown',
    );
  });

  it('embedded in charge.refunded by old versions are told once each, with customer and payment of the charge', () => {
    const body = fixture('recorded/stripe-sync-engine/charge.refunded.json');
    const { facts } = translateBody(body);
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({
      event: { type: 'ar.refund-created' },
      key: 'cus_J7Mkgr8mvbl1eK',
      sequence: 'pi_3Kl36gJDPojXS6LN02fQVtKR',
      value: {
        source: { objectId: 're_3Kl36gJDPojXS6LN0eP4yPDz' },
        refund: { refundId: 're_3Kl36gJDPojXS6LN0eP4yPDz', amount: { minor: 2500n, currency: 'USD' }, customerId: 'cus_J7Mkgr8mvbl1eK' },
      },
    });
    const data = body.data as { object: { refunds: { data: unknown[] } } };
    const second = { ...body, data: { ...data, previous_attributes: { refunds: { data: data.object.refunds.data } } } };
    expect(translateBody(second).record.ignoredReason).toBe('refund-total-only');
  });
});

describe('customers', () => {
  it('are told whole, in canonical words', () => {
    expect(translateBody(fixture('events/customer.created.de.json')).facts).toMatchObject([
      {
        event: { type: 'party.customer-created' },
        key: 'cus_GkzBT6kMSMIMzH',
        sequence: 'cus_GkzBT6kMSMIMzH',
        value: {
          customer: {
            customerId: 'cus_GkzBT6kMSMIMzH',
            name: 'Blumen Technik GmbH',
            email: 'buchhaltung@blumen-technik.example',
            phone: null,
            address: { line1: 'Aachener Straße 412', line2: null, city: 'Köln', state: null, postalCode: '50933', country: 'DE' },
            shipping: null,
            currency: null,
            locale: 'de',
            createdAt: 1_787_042_462_000,
            metadata: { erp_customer_id: 'C-20417' },
          },
        },
      },
    ]);
  });

  it('read anew win over the snapshot, unless they are deleted by now', () => {
    const body = fixture('events/customer.updated.json');
    expect(wishesOf(eventOf(body))).toEqual({ customerId: 'cus_upquNHnKxoIQFO', freshCustomer: true });
    const newer = objectOf({ id: 'cus_upquNHnKxoIQFO', object: 'customer', name: 'Acme Fabrication Inc.', metadata: {} });
    expect(translateBody(body, { customer: newer }).facts[0]?.value).toMatchObject({
      customer: { name: 'Acme Fabrication Inc.' },
      changed: ['address', 'metadata'],
    });
    const deleted = objectOf({ id: 'cus_upquNHnKxoIQFO', object: 'customer', deleted: true });
    expect(translateBody(body, { customer: deleted }).facts[0]?.value).toMatchObject({ customer: { name: 'Acme Fabrication LLC' } });
  });

  it.each(['events/customer.deleted.json', 'recorded/stripe-sync-engine/customer.deleted.json'])(
    'that are deleted need only an id: %s',
    (file) => {
      const { facts } = translateBody(fixture(file));
      expect(facts).toMatchObject([{ event: { type: 'party.customer-deleted' } }]);
      expect(Object.keys(facts[0]?.value as object)).toEqual(['source', 'customerId']);
    },
  );

  it('have no empty text: an address of empty parts is no address', () => {
    const { facts } = translateBody(fixture('recorded/stripe-sync-engine/customer.updated.json'));
    expect(facts[0]?.value).toMatchObject({
      customer: { name: 'Test Person', shipping: { name: 'Test Person', phone: '+15550100', address: null }, locale: null },
    });
  });
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

describe('a body that is not what it promises', () => {
  const charge = fixture('events/charge.succeeded.json');
  it.each([
    ['a text amount', withObject(charge, { amount_captured: '29429' }), 'data.object.amount_captured should be a whole number'],
    ['a fraction', withObject(charge, { amount_captured: 294.29 }), 'data.object.amount_captured should be a whole number'],
    ['an amount beyond 2^53', withObject(charge, { amount_captured: 2 ** 53 }), 'data.object.amount_captured should be a whole number'],
    ['no currency', withObject(charge, { currency: undefined }), 'data.object.currency should be text, there is nothing'],
    ['no id', withObject(charge, { id: null }), 'data.object.id should be text, there is nothing'],
    [
      'metadata of numbers',
      withObject(charge, { metadata: { n: 1 } }),
      'data.object.metadata.n should be text, there is a value of type number',
    ],
    ['no object', { ...charge, data: {} }, 'data.object should be an object, there is nothing'],
    ['no event', { id: 'ch_1', object: 'charge' }, 'event.object should be "event"'],
  ])('%s is refused with the place', (_, body, text) => {
    expect(() => translateBody(body)).toThrow(InvalidStripeObjectError);
    expect(() => translateBody(body)).toThrow(text);
  });

  it.each([
    ['not JSON', '{'],
    ['a list', '[]'],
    ['nothing', ''],
  ])('%s is refused', (_, text) => {
    expect(() => parseBody(new TextEncoder().encode(text))).toThrow(InvalidStripeObjectError);
  });
});

it('translates the same event to the same events again, for every mapper', () => {
  const files = [
    ...['customer.created', 'customer.updated', 'customer.deleted', 'charge.succeeded', 'charge.updated', 'charge.failed'],
    ...['charge.refunded.full', 'refund.created', 'refund.updated', 'refund.failed', 'payment_intent.succeeded'],
    ...['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'].map((name) => `charge.dispute.${name}`),
  ].map((name) => fixture(`events/${name}.json`));
  const seen = [...files.map((body) => body.type), 'charge.captured'];
  expect(seen.sort()).toEqual(Object.keys(mappers).sort());
  for (const body of files) expect(translateBody(body)).toEqual(translateBody(structuredClone(body)));
});
