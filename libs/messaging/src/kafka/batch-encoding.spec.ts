import { createRequire } from 'node:module';
import fc from 'fast-check';
import { encodeBatch, encodeBatchOfClient } from './batch-encoding.js';
import type { BatchToEncode } from './batch-encoding.js';
import { encodeRecord } from './record-encoding.js';
import './kafka-client.js';

const require = createRequire(import.meta.url);
const Long = require('kafkajs/src/utils/long') as { fromValue(value: bigint | number | string): unknown };
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int64 = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => Long.fromValue(value)),
);
const record = fc
  .record({ key: fc.string(), value: fc.uint8Array({ maxLength: 3_000 }), name: fc.string(), header: fc.string() })
  .map(({ key, value, name, header }) => encodeRecord({ key, value: Buffer.from(value), headers: { [name]: header } }));
const batch: fc.Arbitrary<BatchToEncode> = fc.record(
  {
    firstOffset: int64,
    partitionLeaderEpoch: int32,
    lastOffsetDelta: int32,
    transactional: fc.boolean(),
    producerId: int64,
    producerEpoch: fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }),
    firstSequence: int32,
    records: fc.array(record, { maxLength: 20 }),
  },
  { requiredKeys: [] },
);

it('makes the bytes that the client makes of any batch', async () => {
  await fc.assert(
    fc.asyncProperty(batch, int64, int64, async (each, firstTimestamp, maxTimestamp) => {
      const given = { ...each, firstTimestamp, maxTimestamp };
      const [ours, theirs] = await Promise.all([encodeBatch(given), encodeBatchOfClient(given)]);
      expect(ours.buffer.equals(theirs.buffer)).toBe(true);
      expect([ours.buf, ours.size()]).toEqual([ours.buffer, theirs.size()]);
    }),
  );
});

it('is what the requests of the client use once the client is loaded as ours is', async () => {
  const { RecordBatch } = require('kafkajs/src/protocol/recordBatch/v0') as { RecordBatch: unknown };
  expect(RecordBatch).toBe(encodeBatch);
  const request = require('kafkajs/src/protocol/requests/produce/v7/request') as (order: object) => {
    encode(): Promise<{ buffer: Buffer }>;
  };
  const messages = [{ key: 'k', value: Buffer.from('v'), headers: {}, timestamp: 1 }];
  const order = {
    acks: -1,
    timeout: 1,
    producerId: 5,
    topicData: [{ topic: 't', partitions: [{ partition: 3, firstSequence: 0, messages }] }],
  };
  const { buffer } = await request(order).encode();
  const records = [encodeRecord({ offsetDelta: 0, timestampDelta: 0, ...messages[0] })];
  const own = await encodeBatch({ producerId: 5, firstTimestamp: 1, maxTimestamp: 1, records });
  expect(buffer.subarray(-own.buffer.length).equals(own.buffer)).toBe(true);
});
