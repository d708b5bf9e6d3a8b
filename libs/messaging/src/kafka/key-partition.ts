const seed = 0x9747b28c;
const multiplier = 0x5bd1e995;

/**
 * The partition of a record by its key, as the default partitioners of kafkajs and of Kafka's Java client choose it, in numbers of 32 bits. kafkajs
 * computes the same in objects of 64 bits, a dozen for each key.
 * Source: org.apache.kafka.common.utils.Utils.murmur2 of Kafka 3.9; docs/reference/kafkajs.md.
 * @param partitions how many the topic has.
 */
export function keyPartition(key: Uint8Array, partitions: number): number {
  return (murmur2(key) & 0x7fff_ffff) % partitions;
}

function murmur2(data: Uint8Array): number {
  const { length } = data;
  const whole = length & ~3;
  let hash = seed ^ length;
  for (let at = 0; at < whole; at += 4) {
    let four = byte(data, at) | (byte(data, at + 1) << 8) | (byte(data, at + 2) << 16) | (byte(data, at + 3) << 24);
    four = Math.imul(four, multiplier);
    four = Math.imul(four ^ (four >>> 24), multiplier);
    hash = Math.imul(hash, multiplier) ^ four;
  }
  const rest = length - whole;
  if (rest > 2) hash ^= byte(data, whole + 2) << 16;
  if (rest > 1) hash ^= byte(data, whole + 1) << 8;
  if (rest > 0) hash = Math.imul(hash ^ byte(data, whole), multiplier);
  hash = Math.imul(hash ^ (hash >>> 13), multiplier);
  return hash ^ (hash >>> 15);
}

const byte = (data: Uint8Array, at: number): number => data[at] as number;
