import { eventOf, fixture, objectOf, translateBody, withObject } from '../../../testing/fixtures.js';
import { UnknownStripeValueError } from '../../errors.js';
import { enrichmentNeeded } from '../translate.js';

// Expected values by hand from proof/fixtures/stripe, docs/reference/stripe.md section 12.

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });

it('tells an invoice whole: amounts, taxes, the periods of its lines, and which lines a proration takes back', () => {
  const { facts } = translateBody(fixture('events/invoice.paid.proration.json'));
  expect(facts).toMatchObject([
    { event: { type: 'billing.invoice-paid' }, key: 'cus_GkzBT6kMSMIMzH', sequence: 'in_1TxkHgWFxA9Kd7NwTqp6fvitn' },
  ]);
  const period = { start: 1_789_116_090_000, end: 1_790_844_090_000 };
  const tax = { behavior: 'exclusive', rateId: 'txr_1TtaO1uFxA9Kd7NwThY437L4H', taxabilityReason: 'standard_rated' };
  const line = {
    discountTotal: eur(0n),
    quantity: '1',
    productId: 'prod_LZIX4RWzwKa82E',
    subscriptionId: 'sub_1T80QuLFxA9Kd7NwTP9hdTLRu',
    subscriptionItemId: 'si_7TOJvKXHepHnU2',
    invoiceItemId: null,
    period,
    proration: true,
    metadata: {},
  };
  expect(facts[0]?.value).toEqual({
    source: expect.objectContaining({ eventType: 'invoice.paid' }) as object,
    invoice: {
      invoiceId: 'in_1TxkHgWFxA9Kd7NwTqp6fvitn',
      number: 'BLUM-0003',
      customerId: 'cus_GkzBT6kMSMIMzH',
      subscriptionId: 'sub_1T80QuLFxA9Kd7NwTP9hdTLRu',
      status: 'paid',
      billingReason: 'subscription_update',
      collectionMethod: 'charge_automatically',
      customerName: 'Blumen Technik GmbH',
      customerEmail: 'buchhaltung@blumen-technik.example',
      customerAddress: { line1: 'Aachener Straße 412', line2: null, city: 'Köln', state: null, postalCode: '50933', country: 'DE' },
      customerTaxExempt: 'none',
      customerTaxIds: [{ key: 'eu_vat', value: 'DE123456789' }],
      subtotal: eur(2_000n),
      discountTotal: eur(0n),
      taxTotal: eur(380n),
      shippingTotal: null,
      total: eur(2_380n),
      amountDue: eur(2_380n),
      amountPaid: eur(2_380n),
      amountRemaining: eur(0n),
      paidOffSource: eur(0n),
      startingBalance: eur(0n),
      endingBalance: eur(0n),
      prePaymentCredits: eur(0n),
      postPaymentCredits: eur(0n),
      taxes: [{ ...tax, amount: eur(380n), taxableAmount: eur(2_000n) }],
      attemptCount: 1,
      nextAttemptAt: null,
      createdAt: 1_789_116_090_000,
      effectiveAt: 1_789_116_090_000,
      finalisedAt: 1_789_116_090_000,
      paidAt: 1_789_116_094_000,
      voidedAt: null,
      markedUncollectibleAt: null,
      dueAt: null,
      purchaseOrder: null,
      customFields: [{ key: 'Bestellnummer', value: 'BT-2026-0815' }],
      lines: [
        {
          ...line,
          lineId: 'il_1T7YKVbFxA9Kd7NwTRNytsVJa',
          description: 'Unused time on Maintenance plan (Basic) after 11 Sep 2026',
          amount: eur(-6_000n),
          unitAmount: '9000',
          priceId: 'price_1THKjFRFxA9Kd7NwTdFlDu9iM',
          creditedInvoiceId: 'in_1TNxccdFxA9Kd7NwT0j16UljE',
          creditedLineIds: ['il_1TbRQduFxA9Kd7NwTRJ8ooBEr'],
          taxes: [{ ...tax, amount: eur(-1_140n), taxableAmount: eur(-6_000n) }],
        },
        {
          ...line,
          lineId: 'il_1Tc5DzIFxA9Kd7NwTzyM6vZwH',
          description: 'Remaining time on Maintenance plan (Pro) after 11 Sep 2026',
          amount: eur(8_000n),
          unitAmount: '12000',
          priceId: 'price_1TtHRs7FxA9Kd7NwTRkiVIzuO',
          creditedInvoiceId: null,
          creditedLineIds: [],
          taxes: [{ ...tax, amount: eur(1_520n), taxableAmount: eur(8_000n) }],
        },
      ],
      linesComplete: true,
      subscriptionMetadata: { erp_contract: 'SVC-2026-044' },
      metadata: {},
    },
  });
});

it.each([
  ['invoice.created', 'billing.invoice-drafted', 'draft'],
  ['invoice.finalized', 'billing.invoice-finalised', 'open'],
  ['invoice.paid', 'billing.invoice-paid', 'paid'],
  ['invoice.payment_failed', 'billing.invoice-payment-failed', 'open'],
  ['invoice.voided', 'billing.invoice-voided', 'void'],
  ['invoice.marked_uncollectible', 'billing.invoice-marked-uncollectible', 'uncollectible'],
])('tells %s as %s', (name, type, status) => {
  expect(translateBody(fixture(`events/${name}.json`)).facts).toMatchObject([
    { event: { type }, value: { invoice: { status, linesComplete: true } } },
  ]);
});

it('names what changed of an invoice', () => {
  const body = fixture('events/invoice.finalized.json');
  const data = { ...(body.data as object), previous_attributes: { due_date: null, custom_fields: null } };
  expect(translateBody({ ...body, type: 'invoice.updated', data }).facts).toMatchObject([
    { event: { type: 'billing.invoice-updated' }, value: { changed: ['custom_fields', 'due_date'] } },
  ]);
});

describe('an invoice of more lines than Stripe embeds', () => {
  const body = fixture('events/invoice.paid.many-lines.json');
  const rows = [1, 2].flatMap((page) => fixture(`lists/invoice_lines_page${page}.json`).data as object[]);

  it('needs all its lines before it is told', () => {
    expect(enrichmentNeeded(eventOf(body))).toEqual([
      { kind: 'invoice_lines', id: 'in_1TlwP2lFxA9Kd7NwTwL9bFPLF', fresh: true, required: true },
    ]);
    const [fact] = translateBody(body, { invoice_lines: objectOf({ object: 'list', data: rows }) }).facts;
    const { invoice } = fact?.value as { invoice: { lines: { amount: { minor: bigint } }[]; linesComplete: boolean } };
    expect([invoice.lines.length, invoice.linesComplete]).toEqual([12, true]);
    // The subtotal that proof/fixtures/stripe/SOURCES.md gives for the whole list.
    expect(invoice.lines.reduce((sum, { amount }) => sum + amount.minor, 0n)).toBe(39_750n);
  });

  it('says that lines are missing, where Stripe does not know it any more', () => {
    expect(translateBody(body).facts[0]?.value).toMatchObject({ invoice: { linesComplete: false } });
  });
});

it('does not guess from a status that nobody knows', () => {
  expect(() => translateBody(withObject(fixture('events/invoice.paid.json'), { status: 'disputed' }))).toThrow(UnknownStripeValueError);
});

it('lifts an invoice of API 2020-03-02', () => {
  expect(translateBody(fixture('recorded/stripe-sync-engine/invoice.paid.json')).facts[0]?.value).toMatchObject({
    invoice: {
      invoiceId: 'in_1KJqKBJDPojXS6LNJbvLUgEy',
      subscriptionId: 'sub_JsuPyCPhXWfZar',
      taxTotal: { minor: 0n, currency: 'USD' },
      lines: [
        {
          priceId: 'price_1IDQm5JDPojXS6LNM31hxKzp',
          productId: 'prod_Ip4vqwv3EJ7Mi0',
          subscriptionId: 'sub_JsuPyCPhXWfZar',
          subscriptionItemId: 'si_JsuPFzrp9vSWxa',
          unitAmount: '0',
          proration: false,
          quantity: '1',
          period: { start: 1_642_645_280_000, end: 1_645_323_680_000 },
        },
      ],
    },
  });
});

it('links a payment with the invoice that it paid', () => {
  expect(translateBody(fixture('events/invoice_payment.paid.json')).facts).toMatchObject([
    {
      event: { type: 'billing.invoice-payment-applied' },
      sequence: 'pi_3TNxccdFxA9Kd7NwT0CjobOFg',
      value: {
        invoicePaymentId: 'inpay_1TNxccdFxA9Kd7NwTCSmt41Su',
        invoiceId: 'in_1TNxccdFxA9Kd7NwT0j16UljE',
        customerId: null,
        paymentId: 'pi_3TNxccdFxA9Kd7NwT0CjobOFg',
        paymentIntentId: 'pi_3TNxccdFxA9Kd7NwT0CjobOFg',
        chargeId: null,
        amount: eur(10_710n),
        paidAt: 1_788_255_745_000,
      },
    },
  ]);
});
