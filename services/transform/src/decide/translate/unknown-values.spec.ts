import { PipelineError } from '@tributary/domain';
import fc from 'fast-check';
import { fieldReport, fixture, translateBody, withObject } from '../../testing/fixtures.js';
import { UnknownStripeValueError } from '../errors.js';
import type { Json } from '../stripe-model/stripe-event.js';

/** A field by which a mapper decides what happened to money. */
interface Decision {
  readonly body: Json;
  readonly field: string;
  /** Values that the mapper may know there. */
  readonly isKnown: (value: unknown) => boolean;
  /** What was captured, refunded or disputed, in minor units. */
  readonly captured: bigint;
}

const charge = fixture('events/charge.succeeded.json');
const capture = { ...charge, type: 'charge.captured' };
const update = fieldReport('multicapture.3.charge.updated');
const intent = fixture('events/payment_intent.succeeded.json');
const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isAmount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
// docs/reference/stripe.md sections 7 and 11.
const among = (words: string) => (value: unknown) => words.split(' ').includes(value as string);
const chargeStatus = among('succeeded pending failed');
const refundStatus = (value: unknown): boolean =>
  value === null || value === undefined || among('pending requires_action succeeded failed canceled')(value);
const disputeStatus = among(
  'needs_response under_review won lost prevented warning_needs_response warning_under_review warning_closed appeal_needs_response appeal_under_review charge_refunded',
);
const intentStatus = among(
  'succeeded requires_payment_method requires_confirmation requires_action requires_capture processing canceled requires_source requires_source_action',
);

const decisions: Decision[] = [
  ...[charge, capture].flatMap((body) => [
    { body, field: 'status', isKnown: chargeStatus, captured: 29_429n },
    { body, field: 'captured', isKnown: isFlag, captured: 29_429n },
    { body, field: 'amount_captured', isKnown: isAmount, captured: 29_429n },
  ]),
  { body: update, field: 'status', isKnown: chargeStatus, captured: 3_500n },
  { body: update, field: 'captured', isKnown: isFlag, captured: 3_500n },
  { body: update, field: 'amount_captured', isKnown: isAmount, captured: 3_500n },
  { body: fixture('events/charge.refunded.partial.json'), field: 'captured', isKnown: isFlag, captured: 0n },
  { body: intent, field: 'status', isKnown: intentStatus, captured: 29_429n },
  ...['refund.created', 'refund.updated', 'refund.failed'].map((type) => {
    const body = fixture(`events/${type}.json`);
    return { body, field: 'status', isKnown: refundStatus, captured: amountOf(body) };
  }),
  ...['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'].map((type) => {
    const body = fixture(`events/charge.dispute.${type}.json`);
    return { body, field: 'status', isKnown: disputeStatus, captured: amountOf(body) };
  }),
];

function amountOf(body: Json): bigint {
  return BigInt((body.data as { object: { amount: number } }).object.amount);
}

decisions.push(
  {
    body: fixture('events/invoice.paid.json'),
    field: 'status',
    isKnown: (value) => ['draft', 'open', 'paid', 'void', 'uncollectible'].includes(value as string),
    captured: 0n,
  },
  {
    body: fixture('recorded/stripe-sync-engine/credit_note.created.json'),
    field: 'status',
    isKnown: among('issued void'),
    captured: 0n,
  },
  {
    body: fixture('events/checkout.session.completed.json'),
    field: 'payment_status',
    isKnown: among('paid unpaid no_payment_required'),
    captured: 0n,
  },
);

const anything = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, '', ' succeeded', 'Succeeded', 'paid', 'authorized', 'chargeable', 'no', 0, 1, -1, 1.5, [], {}),
  fc.string(),
  fc.stringMatching(/^[a-z_]{1,20}$/),
  fc.boolean(),
  fc.integer(),
);

it.each(decisions.map((decision) => [`${String(decision.body.type)}: ${decision.field}`, decision] as const))(
  'a value that is not known is a dead letter: %s',
  (_, { body, field, isKnown, captured }) => {
    fc.assert(
      fc.property(anything, (value) => {
        fc.pre(!isKnown(value));
        let facts;
        try {
          const translated = translateBody(withObject(body, { [field]: value }));
          expect(translated.record.ignoredReason).toBeNull();
          ({ facts } = translated);
        } catch (error) {
          expect(error).toBeInstanceOf(PipelineError);
          return;
        }
        for (const fact of facts) {
          const { amount } = fact.value as { amount?: { minor: bigint } };
          expect(amount === undefined || amount.minor <= captured).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  },
);

it('says which field, what kind of value, and what to do, and never repeats free text', () => {
  const attempt = (status: unknown) => () => translateBody(withObject(charge, { status }));
  expect(attempt('settling')).toThrow(UnknownStripeValueError);
  expect(attempt('settling')).toThrow(
    'deciding what happened to money: data.object.status is "settling", known are succeeded, pending, failed; look the object up in Stripe',
  );
  expect(attempt('Card 4242 4242')).toThrow('data.object.status is an unknown text');
  expect(attempt(undefined)).toThrow('data.object.status is missing');
});

it('does not call a contradiction an authorisation', () => {
  expect(() => translateBody(withObject(capture, { captured: false }))).toThrow('data.object.captured is a value of type boolean');
  expect(() => translateBody(withObject(charge, { captured: false, amount_captured: 4_000 }))).toThrow(UnknownStripeValueError);
});

it('ignores the release of an authorisation, which is told as a refund of what was never captured', () => {
  const released = withObject(fixture('events/charge.refunded.full.json'), { captured: false, amount_captured: 0 });
  expect(translateBody(released).record.ignoredReason).toBe('not-captured');
});
