import { readSpans, spansOf } from '@tributary/messaging';

type Connection = Parameters<typeof spansOf>[0];

const groupMetadataKey = 2;

/**
 * The generation of a consumer group: one more after every rebalance. Read from where the broker itself keeps it, `__consumer_offsets`
 * (kafka's GroupMetadataKey and GroupMetadataValue: version, group; version, protocol type, generation), so that none is missed.
 * @returns 0 for a group that nobody ever joined.
 */
export async function generationOf(connection: Connection, group: string): Promise<number> {
  let generation = 0;
  await readSpans({
    ...connection,
    spans: await spansOf(connection, ['__consumer_offsets']),
    onBatch: async (_topic, _partition, messages) => {
      for (const { key, value } of messages) {
        if (!key || !value || key.readInt16BE(0) !== groupMetadataKey) continue;
        if (key.subarray(4, 4 + key.readInt16BE(2)).toString() !== group) continue;
        generation = Math.max(generation, value.readInt32BE(4 + Math.max(0, value.readInt16BE(2))));
      }
    },
  });
  return generation;
}
