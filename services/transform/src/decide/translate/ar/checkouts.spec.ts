import { eventOf, fixture, objectOf, translateBody, withObject } from '../../../testing/fixtures.js';
import { UnknownStripeValueError } from '../../errors.js';
import { enrichmentNeeded } from '../translate.js';

// Expected values by hand from proof/fixtures/stripe.

const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const body = fixture('events/checkout.session.completed.json');
const checkoutId = 'cs_test_a1f9MZQXkh6j8UrdKPS6gHbeDcLOr2klX8Ajy6qBDwuB60000000000000';
const lines = { checkout_lines: objectOf(fixture('lists/checkout_session_line_items.json')) };

it('tells an order whole: 258.00 and 15.00 delivery and 21.29 tax are 294.29', () => {
  expect(enrichmentNeeded(eventOf(body))).toEqual([{ kind: 'checkout_lines', id: checkoutId, fresh: true, required: true }]);
  const { facts } = translateBody(body, lines);
  expect(facts).toMatchObject([
    { event: { type: 'ar.checkout-completed' }, key: 'cus_upquNHnKxoIQFO', sequence: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9' },
  ]);
  const address = {
    line1: '2200 Industrial Pkwy',
    line2: 'Dock 4',
    city: 'Dayton',
    state: 'OH',
    postalCode: '45402',
    country: 'US',
  };
  expect(facts[0]?.value).toMatchObject({
    checkout: {
      checkoutId,
      mode: 'payment',
      status: 'complete',
      paymentStatus: 'paid',
      paymentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
      paymentIntentId: 'pi_3TomAsaFxA9Kd7NwT04ivCdO9',
      subscriptionId: null,
      invoiceId: null,
      customerId: 'cus_upquNHnKxoIQFO',
      payer: { name: 'Acme Fabrication LLC', email: 'ap@acme-fabrication.example', phone: '+19375550142', address },
      taxExempt: 'none',
      taxIds: [{ key: 'us_ein', value: '12-3456789' }],
      shipping: { name: 'Acme Receiving', phone: null, address },
      clientReference: 'WEB-1001',
      customFields: [{ key: 'po_number', value: 'PO-88412' }],
      subtotal: usd(25_800n),
      discount: usd(0n),
      shippingCost: usd(1_500n),
      tax: usd(2_129n),
      total: usd(29_429n),
      lines: [
        {
          lineId: 'li_1TiT3asFxA9Kd7NwT4MlufySH',
          description: 'Hydraulic pump HP-200',
          priceId: 'price_1T7En5WFxA9Kd7NwT8OYW4aNg',
          productId: 'prod_ar8HQMbhxR6yTr',
          quantity: '2',
          subtotal: usd(25_800n),
          discount: usd(0n),
          tax: usd(2_129n),
          total: usd(27_929n),
        },
      ],
      linesComplete: true,
      createdAt: 1_788_276_280_000,
      metadata: { erp_order_ref: 'WEB-1001', channel: 'web' },
    },
  });
});

it.each([
  ['checkout.session.async_payment_succeeded', 'ar.checkout-payment-succeeded', true],
  ['checkout.session.async_payment_failed', 'ar.checkout-payment-failed', false],
  ['checkout.session.expired', 'ar.checkout-expired', false],
])('tells %s as %s; lines are read for orders only', (type, fact, isOrder) => {
  const told = { ...body, type };
  expect(enrichmentNeeded(eventOf(told))).toHaveLength(isOrder ? 1 : 0);
  expect(translateBody(told, isOrder ? lines : {}).facts).toMatchObject([
    { event: { type: fact }, value: { checkout: { linesComplete: isOrder } } },
  ]);
});

it('tells a free order and a saved card, which have no payment and perhaps no amount', () => {
  const free = withObject(body, { payment_intent: null, payment_status: 'no_payment_required', customer: null });
  expect(translateBody(free, lines).facts[0]).toMatchObject({ key: checkoutId, sequence: checkoutId });
  const setup = withObject(free, { mode: 'setup', currency: null, amount_subtotal: null, amount_total: null, total_details: null });
  expect(translateBody(withObject(setup, { shipping_cost: null }), lines).facts[0]?.value).toMatchObject({
    checkout: { mode: 'setup', total: { minor: 0n, currency: 'XXX' } },
  });
});

it('does not guess whether to deliver', () => {
  expect(() => translateBody(withObject(body, { payment_status: 'partially_paid' }), lines)).toThrow(UnknownStripeValueError);
});

it('tells a bank debit that is on its way, and books nothing', () => {
  const pending = fixture('events/charge.pending.us_bank_account.json');
  const { id, amount } = (pending.data as { object: { id: string; amount: number } }).object;
  expect(translateBody(pending).facts).toMatchObject([
    {
      event: { type: 'ar.payment-pending' },
      value: { chargeId: id, amount: usd(BigInt(amount)), method: { type: 'us_bank_account' } },
    },
  ]);
});
