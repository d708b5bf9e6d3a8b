import fc from 'fast-check';
import { eventOf, fixture, objectOf, translateBody, withObject } from '../../../testing/fixtures.js';
import { enrichmentNeeded, furtherEnrichment } from '../translate.js';

// The charge of 500.00 USD and its refunds of 120.00 and 380.00: proof/fixtures/stripe/events/refund.created*.json.

const first = fixture('events/refund.created.json');
const second = fixture('events/refund.created.second.json');
const objectIn = (body: typeof first): Record<string, unknown> => (body.data as { object: Record<string, unknown> }).object;
const charge = objectOf(objectIn(fixture('events/charge.refunded.full.json')));
const refundOf = (body: typeof first, refunds: unknown[]): unknown =>
  (translateBody(body, { charge, charge_refunds: objectOf({ data: refunds }) }).facts[0]?.value as { refund: unknown }).refund;

it('asks for all that it is booked with, and is retried while Stripe does not answer', () => {
  expect(enrichmentNeeded(eventOf(first)).map(({ kind, required }) => [kind, required])).toEqual([
    ['balance_transaction', true],
    ['charge', true],
    ['charge_refunds', true],
    ['payment_checkouts', true],
    ['payment_invoices', true],
  ]);
  expect(enrichmentNeeded(eventOf(fixture('events/refund.failed.json'))).map(({ kind }) => kind)).toContain('failure_transaction');
});

it('knows its payment, its sale, and what was given back before', () => {
  const refunds = [objectIn(second), objectIn(first)];
  expect(refundOf(first, refunds)).toMatchObject({
    paymentAmount: { minor: 50_000n, currency: 'USD' },
    refundedBefore: { minor: 0n, currency: 'USD' },
    sale: { id: 'WEB-1003', kind: 'order', total: { minor: 50_000n, currency: 'USD' } },
  });
  expect(refundOf(second, refunds)).toMatchObject({ refundedBefore: { minor: 12_000n } });
});

it('does not count refunds that failed or were canceled', () => {
  expect(refundOf(second, [{ ...objectIn(first), status: 'failed' }, objectIn(second)])).toMatchObject({ refundedBefore: { minor: 0n } });
});

it('leaves open what could not be read', () => {
  expect((translateBody(first).facts[0]?.value as { refund: unknown }).refund).toMatchObject({
    paymentAmount: null,
    refundedBefore: null,
    sale: null,
  });
});

it('of any refunds, also of one second: exactly one comes first, and each adds to the one before', () => {
  const refund = fc.record({
    id: fc.uuid(),
    created: fc.integer({ min: 1_788_000_000, max: 1_788_000_003 }),
    amount: fc.integer({ min: 1, max: 9_999 }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(refund, { selector: ({ id }) => id, minLength: 1, maxLength: 8 }), (rows) => {
      const list = rows.map((row) => ({ ...objectIn(first), ...row }));
      const before = list.map(
        (row) => (refundOf(withObject(first, row), list) as { refundedBefore: { minor: bigint } }).refundedBefore.minor,
      );
      const steps = list
        .map(({ amount }, index) => [before[index] ?? -1n, (before[index] ?? -1n) + BigInt(amount)] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1));
      steps.forEach(([from], index) => expect(from).toBe(index === 0 ? 0n : steps[index - 1]?.[1]));
    }),
    { numRuns: 50 },
  );
});

describe('the sale of a refund', () => {
  const objectOfBody = (name: string): Record<string, unknown> => objectIn(fixture(`events/${name}.json`));
  const list = (...data: unknown[]) => objectOf({ object: 'list', data });
  const invoice = objectOfBody('invoice.paid');
  const paid = { ...objectOfBody('invoice_payment.paid'), invoice };
  const told = (enrichment: object): unknown =>
    (translateBody(first, { charge, ...enrichment }).facts[0]?.value as { refund: unknown }).refund;

  it('is the checkout session where there is one, with its total and tax', () => {
    // proof/fixtures/stripe/events/checkout.session.completed.json: 294.29 with 21.29 tax.
    const found = { payment_checkouts: list(objectOfBody('checkout.session.completed')), payment_invoices: list(paid) };
    expect(told(found)).toMatchObject({
      sale: {
        id: 'cs_test_a1f9MZQXkh6j8UrdKPS6gHbeDcLOr2klX8Ajy6qBDwuB60000000000000',
        kind: 'checkout-session',
        total: { minor: 29_429n, currency: 'USD' },
        tax: { minor: 2_129n, currency: 'USD' },
      },
    });
  });

  it('is the invoice that was paid, which a charge does not name any more', () => {
    // proof/fixtures/stripe/events/invoice.paid.json: 90.00 EUR and 19 % tax.
    expect(told({ payment_checkouts: list(), payment_invoices: list(paid) })).toMatchObject({
      sale: {
        id: invoice.id,
        kind: 'invoice',
        total: { minor: 10_710n, currency: 'EUR' },
        tax: { minor: 1_710n, currency: 'EUR' },
      },
      creditNoteId: null,
    });
  });

  it('asks for the credit notes of that invoice, and names the one that the refund pays out', () => {
    expect(furtherEnrichment(eventOf(first), {})).toEqual([]);
    expect(furtherEnrichment(eventOf(first), { payment_invoices: list(paid) })).toMatchObject([
      { kind: 'invoice_credit_notes', id: invoice.id, required: true },
    ]);
    const note = (id: string, status: string, refund: unknown) => ({ id, object: 'credit_note', status, refunds: [{ refund }] });
    const notes = list(
      note('cn_void', 'void', objectIn(first).id),
      note('cn_other', 'issued', 're_other'),
      note('cn_1', 'issued', objectIn(first)),
    );
    expect(told({ payment_invoices: list(paid), invoice_credit_notes: notes })).toMatchObject({ creditNoteId: 'cn_1' });
  });
});
