import { amountView } from '../../shared/decide/amount-view.js';
import { paymentStage } from './payment-view.js';
import { traceSteps } from './trace.js';
import type { TraceInput } from './trace.js';

const at = (seconds: number): Date => new Date(Date.UTC(2026, 10, 21, 6, 0, seconds));

const walked: TraceInput = {
  deliveries: [{ event_id: 'evt_1', type: 'charge.succeeded', endpoint: 'default', partition: 2, offset: '41', received_at: at(1) }],
  facts: [
    {
      canonical_id: 'fact_1',
      event_id: 'evt_1',
      type: 'ar.payment-received',
      translated_at: at(2),
      routed_at: at(3),
      ignored_reason: null,
    },
  ],
  postings: [
    {
      request_id: 'req_1',
      posting_key: 'kinetic-main/cash-receipt/ch_1',
      target: 'kinetic-main',
      kind: 'cash-receipt',
      requested_at: at(3),
    },
  ],
  outcomes: [
    {
      outcome_id: 'out_1',
      request_id: 'req_1',
      posting_key: 'kinetic-main/cash-receipt/ch_1',
      result: 'released',
      code: null,
      text: null,
      reference: { HeadNum: '881' },
      attempts: 2,
      concluded_at: at(9),
    },
    {
      outcome_id: 'out_2',
      request_id: 'req_1',
      posting_key: 'kinetic-main/cash-receipt/ch_1',
      result: 'adopted',
      code: null,
      text: null,
      reference: { HeadNum: '881' },
      attempts: 2,
      concluded_at: at(5),
    },
  ],
  deadLetters: [],
  news: [],
  masked: [],
  readings: [{ state: 'matched', text: null, checked_at: at(12), reference: { HeadNum: '881' } }],
};

it('tells the walk oldest first, with every id', () => {
  expect(traceSteps(walked).map(({ stage, title }) => [stage, title])).toEqual([
    ['webhook', 'Webhook charge.succeeded'],
    ['canonical', 'Understood as ar.payment-received'],
    ['requested', 'Asked for: cash receipt'],
    ['adopted', 'Cash receipt: found in the ERP after a lost answer, and adopted'],
    ['released', 'Cash receipt: in the ledger'],
    ['read', 'The ledger was read: same amount'],
  ]);
  expect(traceSteps(walked)[3]?.ids).toEqual({ 'posting key': 'kinetic-main/cash-receipt/ch_1', HeadNum: '881', attempts: '2' });
});

it('tells the way back: what Stripe was told of the receipt', () => {
  const key = 'stripe-main/metadata/ch_1/charge';
  const steps = traceSteps({
    ...walked,
    facts: [
      ...walked.facts,
      {
        canonical_id: 'outcome_1',
        event_id: 'evt_1',
        type: 'erp.posting-concluded',
        translated_at: at(2),
        routed_at: at(6),
        ignored_reason: null,
      },
    ],
    postings: [...walked.postings, { request_id: 'req_2', posting_key: key, target: 'stripe-main', kind: 'metadata', requested_at: at(6) }],
    outcomes: [
      {
        outcome_id: 'out_m',
        request_id: 'req_2',
        posting_key: key,
        result: 'posted',
        code: null,
        text: null,
        reference: { objectType: 'charge', objectId: 'ch_1' },
        attempts: 1,
        concluded_at: at(7),
      },
    ],
    readings: [],
  });
  expect(steps.map(({ stage, title }) => [stage, title])).toEqual([
    ['webhook', 'Webhook charge.succeeded'],
    ['canonical', 'Understood as ar.payment-received'],
    ['requested', 'Asked for: cash receipt'],
    ['requested', 'Asked for: numbers in Stripe'],
    ['posted', 'Numbers in Stripe: written to Stripe'],
  ]);
});

it('tells a dead letter with its reason', () => {
  const steps = traceSteps({
    ...walked,
    outcomes: [],
    readings: [],
    deadLetters: [
      {
        id: 'dl_1',
        topic: 'x.dlq',
        partition: 0,
        offset: '7',
        message_id: 'req_1',
        code: 'erp.rejected',
        text: 'period closed',
        dead_at: at(6),
      },
    ],
  });
  expect(steps.at(-1)).toMatchObject({ stage: 'dead-letter', text: 'erp.rejected: period closed' });
});

it.each([
  [false, undefined, 'canonical'],
  [true, undefined, 'requested'],
  [true, 'waiting', 'requested'],
  [true, 'adopted', 'posted'],
  [true, 'released', 'released'],
] as const)('stage of requested=%p result=%p is %s', (requested, result, stage) => {
  expect(paymentStage(requested, result)).toBe(stage);
});

it('writes amounts by the exponent of their currency', () => {
  expect(amountView('29429', 'USD').text).toBe('294.29');
  expect(amountView('29429', 'JPY').text).toBe('29429');
});
