import fc from 'fast-check';
import { Partitioners } from './kafka-client.js';
import { keyPartition } from './key-partition.js';

it('chooses for every key the partition that the client chooses', () => {
  const partition = Partitioners.DefaultPartitioner();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.integer({ min: 1, max: 200 }), (bytes, count) => {
      const key = Buffer.from(bytes);
      const partitionMetadata = Array.from({ length: count }, (_, partitionId) => ({ partitionId, leader: 1 }) as never);
      expect(keyPartition(key, count)).toBe(partition({ topic: 't', partitionMetadata, message: { key, value: null } }));
    }),
    { numRuns: 2_000 },
  );
});
