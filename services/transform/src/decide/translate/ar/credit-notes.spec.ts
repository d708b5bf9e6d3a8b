import { eventOf, fixture, objectOf, translateBody, withObject } from '../../../testing/fixtures.js';
import { UnknownStripeValueError } from '../../errors.js';
import type { Json } from '../../stripe-model/stripe-event.js';
import { enrichmentNeeded } from '../translate.js';

// Expected values by hand from proof/fixtures/stripe.

const usd = (minor: bigint) => ({ minor, currency: 'USD' });
const body = fixture('recorded/stripe-sync-engine/credit_note.created.json');

it.each([
  ['credit_note.created', 'ar.credit-note-issued'],
  ['credit_note.updated', 'ar.credit-note-updated'],
  ['credit_note.voided', 'ar.credit-note-voided'],
])('tells %s as %s, in order with its invoice', (type, fact) => {
  const { facts } = translateBody({ ...body, type });
  expect(facts).toMatchObject([{ event: { type: fact }, key: 'cus_NjLgPhUokHubJC', sequence: 'in_1MxvRkLkdIwHu7ixABNtI99m' }]);
  expect((facts[0]?.value as { creditNote: object }).creditNote).toEqual({
    creditNoteId: 'cn_1MxvRqLkdIwHu7ixY0xbUcxk',
    number: 'C9E0C52C-0036-CN-01',
    invoiceId: 'in_1MxvRkLkdIwHu7ixABNtI99m',
    customerId: 'cus_NjLgPhUokHubJC',
    type: 'pre_payment',
    status: 'issued',
    reason: null,
    memo: null,
    amount: usd(1_099n),
    subtotal: usd(1_099n),
    taxTotal: usd(0n),
    toBalance: null,
    outOfBand: null,
    refundIds: [],
    createdAt: 1_681_750_958_000,
    effectiveAt: null,
    lines: [
      {
        lineId: 'cnli_1MxvRqLkdIwHu7ixFpdhBFQf',
        invoiceLineId: 'il_1MxvRlLkdIwHu7ixnkbntxUV',
        description: 'T-shirt',
        quantity: '1',
        amount: usd(1_099n),
        taxes: [],
      },
    ],
    linesComplete: true,
    metadata: {},
  });
});

it('names the refunds that pay it out, in the shape of today and of before', () => {
  const refundIds = (fields: Json): unknown =>
    (translateBody(withObject(body, fields)).facts[0]?.value as { creditNote: { refundIds: string[] } }).creditNote.refundIds;
  expect(refundIds({ refund: 're_1' })).toEqual(['re_1']);
  expect(refundIds({ refunds: [{ refund: 're_1', amount_refunded: 1 }, { refund: 're_2' }, { refund: null }] })).toEqual(['re_1', 're_2']);
});

it('lifts the taxes of an older shape', () => {
  const taxed = withObject(body, { tax_amounts: [{ amount: 99, inclusive: true, tax_rate: 'txr_1' }] });
  expect(translateBody(taxed).facts[0]?.value).toMatchObject({ creditNote: { taxTotal: usd(99n) } });
});

it('reads all lines where Stripe embeds only some', () => {
  const lines = (body.data as { object: { lines: { data: object[] } } }).object.lines;
  const cut = withObject(body, { lines: { ...lines, has_more: true } });
  expect(enrichmentNeeded(eventOf(cut))).toMatchObject([{ kind: 'credit_note_lines', id: 'cn_1MxvRqLkdIwHu7ixY0xbUcxk', required: true }]);
  const list = objectOf({ data: [...lines.data, ...lines.data] });
  expect(translateBody(cut, { credit_note_lines: list }).facts[0]?.value).toMatchObject({
    creditNote: { lines: [{}, {}], linesComplete: true },
  });
  expect(translateBody(cut).facts[0]?.value).toMatchObject({ creditNote: { linesComplete: false } });
});

it('does not guess whether it counts', () => {
  expect(() => translateBody(withObject(body, { status: 'draft' }))).toThrow(UnknownStripeValueError);
});
