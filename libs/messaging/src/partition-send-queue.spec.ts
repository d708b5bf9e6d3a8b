import type { EncodedMessage } from './partition-send-queue.js';
import { ByteBudget, PartitionSendQueue } from './partition-send-queue.js';

function aMessage(text: string, bytes = 100): EncodedMessage {
  return { key: null, value: Buffer.from(text), headers: {}, bytes };
}
const texts = (batch: readonly EncodedMessage[]): string => batch.map(({ value }) => value?.toString()).join('');
const never = { isFinal: () => false, onResend: () => undefined };

it('has one unfinished send and puts what arrives meanwhile into the next batch', async () => {
  const sent: string[] = [];
  let unfinished = 0;
  const lane = new PartitionSendQueue({
    maxMessages: 3,
    maxBytes: 10_000,
    ...never,
    send: async (batch) => {
      expect((unfinished += 1)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      unfinished -= 1;
      sent.push(texts(batch));
    },
  });
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => lane.push(aMessage(text))));
  expect(sent).toEqual(['abc', 'de']);
  expect(lane.idle).toBe(true);
});

it('splits by bytes', async () => {
  const sent: string[] = [];
  const lane = new PartitionSendQueue({ maxMessages: 100, maxBytes: 250, ...never, send: async (batch) => void sent.push(texts(batch)) });
  await Promise.all(['a', 'b', 'c'].map((text) => lane.push(aMessage(text))));
  expect(sent).toEqual(['ab', 'c']);
});

it('sends the identical batch again after an ambiguous failure, before anything newer', async () => {
  const sent: string[] = [];
  const lane = new PartitionSendQueue({
    maxMessages: 2,
    maxBytes: 10_000,
    ...never,
    send: async (batch, attempt) => {
      sent.push(texts(batch));
      if (texts(batch) === 'ab' && attempt < 3) throw new Error('Closed connection');
    },
  });
  await Promise.all(['a', 'b', 'c'].map((text) => lane.push(aMessage(text))));
  expect(sent).toEqual(['ab', 'ab', 'ab', 'c']);
});

it('lets one message that can never be written fail alone, in order', async () => {
  const written: string[] = [];
  const lane = new PartitionSendQueue({
    maxMessages: 10,
    maxBytes: 10_000,
    onResend: () => undefined,
    isFinal: () => true,
    send: async (batch) => {
      if (texts(batch).includes('X')) throw new Error('MESSAGE_TOO_LARGE');
      written.push(texts(batch));
    },
  });
  const results = await Promise.allSettled(['a', 'b', 'X', 'c', 'd'].map((text) => lane.push(aMessage(text))));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(written.join('')).toBe('abcd');
});

it('makes callers wait for bytes, in line, and lets a giant pass alone', async () => {
  const budget = new ByteBudget(100);
  const order: number[] = [];
  await budget.acquire(60);
  const second = budget.acquire(60).then(() => order.push(2));
  const third = budget.acquire(10).then(() => order.push(3));
  await Promise.resolve();
  expect(order).toEqual([]);
  budget.release(60);
  await Promise.all([second, third]);
  expect(order).toEqual([2, 3]);
  budget.release(60);
  budget.release(10);
  await budget.acquire(1_000);
  expect(budget.inUse).toBe(1_000);
});
