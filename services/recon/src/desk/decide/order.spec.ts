import { redeliveryDelayMs, laneOf, replayRecord } from './order.js';
import type { DispatchedLetter } from './order.js';

const letter: DispatchedLetter = {
  item: 'ord_1:dl_1',
  action: 'replay',
  reason: 'period is open',
  reference: null,
  answer: null,
  group: 'tributary-sink-kinetic-main',
  topic: 'postings.kinetic-main.v1',
  partition: 3,
  offset: 9n,
  key: 'cus_1',
  value: Buffer.from([0, 1, 2]),
  headers: {
    ce_id: 'req_1',
    traceparent: '00-a-b-01',
    tributary_sequence: 'pi_1',
    tributary_error_code: 'kinetic.period-closed',
    tributary_attempts: '12',
    tributary_disposition: 'hold',
    tributary_order: 'ord_0:dl_0',
    tributary_order_reference: '{"HeadNum":"1"}',
  },
};

it('gives the bytes back as they are, into the partition they came from, with the order and without the marks of their death', () => {
  expect(replayRecord(letter)).toEqual({
    topic: 'postings.kinetic-main.v1.tributary-sink-kinetic-main.replay',
    partition: 3,
    key: Buffer.from('cus_1'),
    value: letter.value,
    headers: {
      ce_id: 'req_1',
      traceparent: '00-a-b-01',
      tributary_sequence: 'pi_1',
      tributary_original_topic: 'postings.kinetic-main.v1',
      tributary_original_partition: '3',
      tributary_original_offset: '9',
      tributary_consumer_group: 'tributary-sink-kinetic-main',
      tributary_order: 'ord_1:dl_1',
      tributary_order_action: 'replay',
      tributary_order_reason: 'period is open',
    },
  });
});

it('tells which document stands for a resolved one, and has no key where there was none', () => {
  const resolved = replayRecord({ ...letter, action: 'resolve', reference: { HeadNum: '881' }, key: '' });
  expect(resolved.key).toBeNull();
  expect(resolved.headers).toMatchObject({ tributary_order_action: 'resolve', tributary_order_reference: '{"HeadNum":"881"}' });
});

it('carries an answer under the code of its question, beside those that were given before', () => {
  const first = replayRecord({ ...letter, answer: { code: 'refund.approval', text: 'post' } });
  expect(first.headers).toMatchObject({ tributary_answers: '{"refund.approval":"post"}' });
  const second = replayRecord({ ...letter, headers: first.headers, answer: { code: 'refund.sale-unknown', text: 'invoiced' } });
  expect(second.headers).toMatchObject({ tributary_answers: '{"refund.approval":"post","refund.sale-unknown":"invoiced"}' });
  expect(replayRecord({ ...letter, headers: first.headers }).headers).toMatchObject({ tributary_answers: '{"refund.approval":"post"}' });
});

it('keeps a sequence of one partition of one group apart from every other', () => {
  const lane = { group: 'g', topic: 't', partition: 1, sequence: 's' };
  const others = [
    { ...lane, group: 'h' },
    { ...lane, topic: 'u' },
    { ...lane, partition: 2 },
    { ...lane, sequence: 'r' },
  ];
  expect(new Set([lane, ...others].map(laneOf)).size).toBe(5);
});

it('waits longer each time before it gives again, and never longer than ten minutes', () => {
  expect([1, 2, 3, 4, 20].map((gives) => redeliveryDelayMs(30_000, gives))).toEqual([30_000, 60_000, 120_000, 240_000, 600_000]);
});
