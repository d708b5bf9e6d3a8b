import { MessageTooLargeError } from '@tributary/messaging';
import type { Outgoing } from '@tributary/messaging';
import { RawFactProducer } from './raw-fact.producer.js';

const fact = { key: 'cus_1', sequence: 'pi_1', id: 'evt_1', headers: { ce_subject: 'charge.succeeded' } };
const body = Buffer.from('{}');

class FakePublisher {
  readonly published: Outgoing[] = [];
  answer: () => Promise<void> = async () => undefined;
  publish(messages: readonly Outgoing[]): Promise<void> {
    this.published.push(...messages);
    return this.answer();
  }
}

function make(options: { deadlineMs?: number; maxInFlightBytes?: number } = {}) {
  const publisher = new FakePublisher();
  const state = { now: 0, problem: undefined as string | undefined };
  const producer = new RawFactProducer(publisher, {
    deadlineMs: 20,
    maxInFlightBytes: 100,
    problem: () => state.problem,
    now: () => state.now,
    ...options,
  });
  return { publisher, producer, state };
}

it('publishes the body as it is, under key, id and sequence', async () => {
  const { publisher, producer } = make();
  await producer.produce(fact, body);
  expect(publisher.published).toHaveLength(1);
  expect(publisher.published[0]).toMatchObject({
    key: 'cus_1',
    id: 'evt_1',
    sequence: 'pi_1',
    sourceEventId: 'evt_1',
    headers: fact.headers,
  });
  expect(publisher.published[0]?.value).toBe(body);
  expect(publisher.published[0]?.event).toMatchObject({ type: 'stripe.event-received', topic: 'stripe.events.v1' });
});

it('does not resolve before Kafka has acknowledged', async () => {
  const { publisher, producer } = make({ deadlineMs: 10_000 });
  let acknowledge = (): void => undefined;
  publisher.answer = () => new Promise((resolve) => (acknowledge = resolve));
  let done = false;
  const producing = producer.produce(fact, body).then(() => (done = true));
  await new Promise(setImmediate);
  expect(done).toBe(false);
  acknowledge();
  await producing;
  expect(done).toBe(true);
});

it('gives up after the deadline, then lets one delivery a second try, until Kafka answers again', async () => {
  const { publisher, producer, state } = make();
  let acknowledge = (): void => undefined;
  publisher.answer = () => new Promise((resolve) => (acknowledge = resolve));
  await expect(producer.produce(fact, body)).rejects.toMatchObject({ code: 'ingest.kafka-away', status: 503 });
  expect(producer.problem()).toContain('taken nothing');
  producer.admit(1);
  expect(() => producer.admit(1)).toThrow(expect.objectContaining({ code: 'ingest.kafka-away' }));
  state.now = 1_000;
  producer.admit(1);
  acknowledge(); // what waited is written after all
  await new Promise(setImmediate);
  expect(producer.problem()).toBeUndefined();
  producer.admit(1);
  producer.admit(1);
});

it('refuses more than it may hold, also what has outlived its deadline', async () => {
  const { publisher, producer } = make({ maxInFlightBytes: 10 });
  publisher.answer = () => new Promise(() => undefined);
  await expect(producer.produce(fact, Buffer.alloc(8))).rejects.toMatchObject({ code: 'ingest.kafka-away' });
  expect(producer.inFlightBytes).toBe(8);
  expect(() => producer.admit(3)).toThrow(expect.objectContaining({ code: 'ingest.busy', status: 503 }));
});

it('gives the bytes back', async () => {
  const { publisher, producer } = make();
  await producer.produce(fact, body);
  publisher.answer = () => Promise.reject(new Error('broken'));
  await expect(producer.produce(fact, body)).rejects.toMatchObject({ code: 'ingest.kafka-away' });
  expect(producer.inFlightBytes).toBe(0);
});

it('answers 413 for what no record can hold', async () => {
  const { publisher, producer } = make();
  publisher.answer = () => Promise.reject(new MessageTooLargeError('too large'));
  await expect(producer.produce(fact, body)).rejects.toMatchObject({ code: 'stripe.body-too-large', status: 413 });
});

it('asks the publisher whether Kafka is there', () => {
  const { producer, state } = make();
  state.problem = 'not connected yet';
  expect(producer.problem()).toBe('not connected yet');
});
