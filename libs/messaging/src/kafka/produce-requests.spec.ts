import type { ProducerBatch, RecordMetadata } from 'kafkajs';
import type { EncodedMessage } from '../partition-send-queue.js';
import { NotWrittenError } from './client-errors.js';
import { ProduceRequests } from './produce-requests.js';

type Answer = RecordMetadata[] | Error;
const message = (text: string): EncodedMessage => ({ key: Buffer.from('k'), value: Buffer.from(text), headers: {}, bytes: 100 });
const batch = (count: number): EncodedMessage[] => Array.from({ length: count }, (_, n) => message(String(n)));
const written = (topicName: string, partition: number): RecordMetadata => ({ topicName, partition, errorCode: 0 });
/** `t/0 t/1 u/0`: what one request carries. */
const partsOf = ({ topicMessages = [] }: ProducerBatch): string[] =>
  topicMessages.flatMap(({ topic, messages }) => [...new Set(messages.map(({ partition }) => `${topic}/${partition}`))]);
const allWritten = (request: ProducerBatch): RecordMetadata[] =>
  partsOf(request).map((part) => written(part.split('/')[0] as string, Number(part.split('/')[1])));

class Broker {
  readonly requests: string[][] = [];
  answer: (request: ProducerBatch) => Answer = allWritten;
  open = 0;
  mostOpen = 0;

  async sendBatch(request: ProducerBatch): Promise<RecordMetadata[]> {
    this.requests.push(partsOf(request));
    this.mostOpen = Math.max(this.mostOpen, ++this.open);
    await new Promise((resolve) => setImmediate(resolve));
    this.open -= 1;
    const answer = this.answer(request);
    if (answer instanceof Error) throw answer;
    return answer;
  }
}

const tooLarge = Object.assign(new Error('too large'), { type: 'MESSAGE_TOO_LARGE' });
let broker: Broker;
let requests: ProduceRequests;
beforeEach(() => {
  broker = new Broker();
  requests = new ProduceRequests(broker, { timeoutMs: 1_000, isFinal: (error) => error === tooLarge });
});

it('puts what several lanes send in one turn into one request, per leader, one at a time', async () => {
  await Promise.all([
    requests.send(1, 't', 0, batch(2), false),
    requests.send(1, 't', 1, batch(1), false),
    requests.send(2, 't', 2, batch(1), false),
    requests.send(1, 'u', 0, batch(1), false),
  ]);
  expect(broker.requests).toEqual([['t/0', 't/1', 'u/0'], ['t/2']]);
});

it('sends what came meanwhile in the next request, in order', async () => {
  const first = requests.send(1, 't', 0, batch(1), false);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first, requests.send(1, 't', 1, batch(1), false), requests.send(1, 't', 2, batch(1), false)]);
  expect(broker.requests).toEqual([['t/0'], ['t/1', 't/2']]);
  expect(broker.mostOpen).toBe(1);
});

it('lets a lane form its batch when the next request is made, with all that came meanwhile, and at once while there is none', async () => {
  const came: string[] = [];
  const lane = async (partition: number): Promise<void> => {
    await requests.turn(1);
    came.push(`formed ${partition} after ${broker.requests.length} requests`);
    await requests.send(1, 't', partition, batch(1), false);
  };
  const first = lane(0);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([first.then(() => lane(0)), lane(1), lane(2)]);
  expect(broker.requests).toEqual([['t/0'], ['t/1', 't/2', 't/0']]);
  expect(came.filter((text) => text.endsWith('after 1 requests'))).toHaveLength(3);
});

it('opens every turn once its request has failed', async () => {
  broker.answer = () => new Error('the connection broke');
  const first = requests.send(1, 't', 0, batch(1), false);
  await new Promise((resolve) => setImmediate(resolve));
  await Promise.all([requests.turn(1), requests.turn(1), expect(first).rejects.toThrow('the connection broke')]);
  await requests.turn(1);
});

it('does not let a request grow beyond what the client groups in reasonable time', async () => {
  await Promise.all([0, 1, 2].map((partition) => requests.send(1, 't', partition, batch(500), false)));
  expect(broker.requests).toEqual([['t/0', 't/1'], ['t/2']]);
});

it('takes a part that the answer leaves out, names twice or names with an error for not written, and only that', async () => {
  const refused = { ...written('t', 2), errorCode: 6 };
  broker.answer = () => [written('t', 0), refused, written('t', 3), written('t', 3)];
  const ends = await Promise.allSettled([0, 1, 2, 3].map((partition) => requests.send(1, 't', partition, batch(1), false)));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
  expect((ends[1] as PromiseRejectedResult).reason).toBeInstanceOf(NotWrittenError);
});

it('finds out which part an error that is final belongs to', async () => {
  broker.answer = (request) => (partsOf(request).includes('t/1') ? tooLarge : allWritten(request));
  const ends = await Promise.allSettled([0, 1, 2].map((partition) => requests.send(1, 't', partition, batch(1), false)));
  expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(broker.requests).toEqual([['t/0', 't/1', 't/2'], ['t/0'], ['t/1'], ['t/2']]);
});

it('lets every part of a failed request fail, and sends alone what failed before', async () => {
  broker.answer = () => new Error('the connection broke');
  const ends = await Promise.allSettled([0, 1].map((partition) => requests.send(1, 't', partition, batch(1), false)));
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  broker.answer = allWritten;
  await Promise.all([requests.send(1, 't', 0, batch(1), true), requests.send(1, 't', 1, batch(1), true)]);
  expect(broker.requests).toEqual([['t/0', 't/1'], ['t/0'], ['t/1']]);
});
