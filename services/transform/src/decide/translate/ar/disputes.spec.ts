import { fieldReport, fixture, translateBody, withObject, withPrevious } from '../../../testing/fixtures.js';

// Expected values by hand from proof/fixtures/stripe/events, docs/reference/stripe.md section 11.

const dispute = {
  disputeId: 'du_1TQVMTqFxA9Kd7NwTBm7WYJJG',
  chargeId: 'ch_3TQVMTqFxA9Kd7NwT0mH1o0X6',
  paymentId: 'pi_3TQVMTqFxA9Kd7NwT0cL5zJuq',
  paymentIntentId: 'pi_3TQVMTqFxA9Kd7NwT0cL5zJuq',
  customerId: null,
  amount: { minor: 32_000n, currency: 'USD' },
  status: 'needs_response',
  reason: 'product_not_received',
  networkReasonCode: '13.1',
  inquiry: false,
  refundable: false,
  evidenceDueAt: 1_789_847_999_000,
  createdAt: 1_788_638_400_000,
  settlements: [] as unknown[],
  metadata: {},
};
const withdrawal = {
  balanceTransactionId: 'txn_1T2kNJEFxA9Kd7NwTKAhPBkeg',
  gross: { minor: -32_000n, currency: 'USD' },
  fee: { minor: 1_500n, currency: 'USD' },
  net: { minor: -33_500n, currency: 'USD' },
  reportingCategory: 'dispute',
  availableAt: 1_788_638_400_000,
};
const reversal = {
  balanceTransactionId: 'txn_1TeyRGkFxA9Kd7NwTpmdh5jKM',
  gross: { minor: 32_000n, currency: 'USD' },
  fee: { minor: 0n, currency: 'USD' },
  net: { minor: 32_000n, currency: 'USD' },
  reportingCategory: 'dispute_reversal',
  availableAt: 1_793_361_600_000,
};

it.each([
  ['charge.dispute.created', 'ar.dispute-opened', { dispute }],
  [
    'charge.dispute.funds_withdrawn',
    'ar.dispute-funds-withdrawn',
    { dispute: { ...dispute, settlements: [withdrawal] }, settlement: withdrawal },
  ],
  [
    'charge.dispute.updated',
    'ar.dispute-updated',
    { dispute: { ...dispute, status: 'under_review', settlements: [withdrawal] }, changed: ['evidence_details', 'status'] },
  ],
  ['charge.dispute.closed', 'ar.dispute-closed', { dispute: { ...dispute, status: 'won', settlements: [withdrawal, reversal] } }],
  [
    'charge.dispute.funds_reinstated',
    'ar.dispute-funds-reinstated',
    { dispute: { ...dispute, status: 'won', settlements: [withdrawal, reversal] }, settlement: reversal },
  ],
])('tells %s as %s, in order with its payment', (name, type, value) => {
  const { facts } = translateBody(fixture(`events/${name}.json`));
  expect(facts).toMatchObject([{ event: { type }, key: dispute.paymentId, sequence: dispute.paymentId }]);
  expect(facts[0]?.value).toEqual({ source: expect.objectContaining({ eventType: name, objectId: dispute.disputeId }), ...value });
});

it('tells an inquiry, by which no money moves, from a dispute', () => {
  expect(translateBody(fixture('events/charge.dispute.created.inquiry.json')).facts[0]?.value).toMatchObject({
    dispute: { status: 'warning_needs_response', inquiry: true, refundable: true, settlements: [], networkReasonCode: 'S04' },
  });
});

it('tells no movement where the event tells none', () => {
  const body = fixture('events/charge.dispute.funds_withdrawn.json');
  expect(translateBody(withObject(body, { balance_transactions: [] })).facts[0]?.value).toMatchObject({ settlement: null });
  const { balance_transactions } = (body.data as { object: { balance_transactions: unknown } }).object;
  expect(translateBody(withPrevious(body, { balance_transactions })).facts[0]?.value).toMatchObject({ settlement: null });
});

it('of a payment that nobody names is refused', () => {
  const body = withObject(fixture('events/charge.dispute.created.json'), { charge: null, payment_intent: null });
  expect(() => translateBody(body)).toThrow('its payment is unknown');
});

it('tells a dispute of API 2020-03-02, which has no network reason', () => {
  expect(translateBody(fixture('recorded/stripe-sync-engine/charge.dispute.created.json')).facts[0]).toMatchObject({
    event: { type: 'ar.dispute-opened' },
    sequence: 'pi_1IqtG9JDPojXS6LNOGnYrIqq',
    value: { dispute: { amount: { minor: 1_000n }, networkReasonCode: null, inquiry: true } },
  });
});

it('tells a bank debit that fails after it succeeded', () => {
  expect(translateBody(fieldReport('charge.failed.after-success')).facts).toMatchObject([
    {
      event: { type: 'ar.payment-failed' },
      value: { chargeId: 'py_field14Debit', amount: { minor: 99_000n, currency: 'USD' }, failureCode: 'insufficient_funds' },
    },
  ]);
});
