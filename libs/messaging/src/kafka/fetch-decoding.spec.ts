import { createRequire } from 'node:module';
import { endOfBatches } from './fetch-decoding.js';
import './kafka-client.js'; // mends the client

const require = createRequire(import.meta.url);
interface Partition {
  readonly partition: number;
  readonly highWatermark: string;
  readonly messages: readonly { readonly offset: string; readonly isControlRecord: boolean }[];
}
const { decode } = require('kafkajs/src/protocol/requests/fetch/v11/response') as {
  decode(raw: Buffer): Promise<{ responses: readonly { topicName: string; partitions: readonly Partition[] }[] }>;
};
const Batch = require('kafkajs/src/consumer/batch') as new (
  topic: string,
  fetchedOffset: string,
  partition: Partition,
) => { readonly messages: readonly unknown[]; isEmptyDueToFiltering(): boolean; lastOffset(): string };

/** A record batch, message format v2: its range of offsets, and which of them still have a record. */
function batch(first: number, last: number, kept: readonly number[]): Buffer {
  const records = kept.map((offset) => Buffer.from([6 * 2, 0, 0, (offset - first) * 2, 1, 1, 0])); // lengths and deltas in zigzag; no key, no value, no headers
  const body = Buffer.concat(records);
  const header = Buffer.alloc(61);
  header.writeBigInt64BE(BigInt(first), 0);
  header.writeInt32BE(49 + body.length, 8);
  header.writeInt8(2, 16);
  header.writeInt32BE(last - first, 23);
  header.writeBigInt64BE(7n, 43);
  header.writeInt32BE(kept.length, 57);
  return Buffer.concat([header, body]);
}
const cutOff = (whole: Buffer): Buffer => whole.subarray(0, whole.length - 1);

/** The answer to a fetch of version 11: one topic, one partition for every part. */
function answer(...parts: readonly Buffer[]): Buffer {
  const int = (value: number, bytes: number): Buffer => {
    const buffer = Buffer.alloc(bytes);
    buffer.writeInt32BE(value, bytes - 4);
    return buffer;
  };
  const partitions = parts.map((records, n) =>
    Buffer.concat([
      int(n, 4),
      Buffer.alloc(2),
      int(100, 8),
      int(100, 8),
      Buffer.alloc(8),
      int(1, 4),
      Buffer.alloc(16),
      int(-1, 4),
      int(records.length, 4),
      records,
    ]),
  );
  return Buffer.concat([Buffer.alloc(10), int(1, 4), Buffer.from([0, 1]), Buffer.from('t'), int(parts.length, 4), ...partitions]);
}
async function decoded(...parts: readonly Buffer[]): Promise<readonly Partition[]> {
  const { responses } = await decode(answer(...parts));
  return responses[0]?.partitions ?? [];
}

it('knows the end of complete batches, with records and without', () => {
  expect(endOfBatches(Buffer.alloc(0))).toBeUndefined();
  expect(endOfBatches(batch(5, 9, []))).toBe(9n);
  expect(endOfBatches(Buffer.concat([batch(5, 9, [5]), batch(12, 20, [])]))).toBe(20n);
  expect(endOfBatches(Buffer.concat([batch(5, 9, []), cutOff(batch(10, 10, [10]))]))).toBe(9n);
  expect(endOfBatches(cutOff(batch(10, 10, [10])))).toBeUndefined();
});

it('moves past an empty batch before one that did not come whole, and gives nobody anything', async () => {
  const [partition] = await decoded(Buffer.concat([batch(3, 8, []), cutOff(batch(9, 9, [9]))]));
  const given = new Batch('t', '3', partition as Partition);
  expect(given.messages).toEqual([]);
  expect(given.isEmptyDueToFiltering()).toBe(true); // the client moves behind `lastOffset`
  expect(given.lastOffset()).toBe('8');
});

it('moves to the end of a batch that lost its tail at once', async () => {
  const [partition] = await decoded(batch(0, 40, [0, 2]));
  const given = new Batch('t', '0', partition as Partition);
  expect(given.messages).toMatchObject([{ offset: '0' }, { offset: '2' }]);
  expect(given.lastOffset()).toBe('40');
  expect(new Batch('t', '3', partition as Partition).lastOffset()).toBe('40');
});

it('adds nothing where the last record is the end, and nothing where nothing came', async () => {
  const partitions = await decoded(batch(0, 1, [0, 1]), Buffer.alloc(0), cutOff(batch(0, 1, [0, 1])));
  expect(partitions.map(({ messages }) => messages.map(({ offset }) => offset))).toEqual([['0', '1'], [], []]);
});
