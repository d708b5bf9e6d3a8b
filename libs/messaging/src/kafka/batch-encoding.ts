import { createRequire } from 'node:module';
import { batchChecksum } from './batch-checksum.js';

/** A record batch as the client hands it to its encoder. Integers of 64 bits come as numbers or as the client's own. */
export interface BatchToEncode {
  readonly compression?: number;
  readonly firstOffset?: unknown;
  readonly firstTimestamp?: unknown;
  readonly maxTimestamp?: unknown;
  readonly partitionLeaderEpoch?: number;
  readonly lastOffsetDelta?: number;
  readonly transactional?: boolean;
  readonly producerId?: unknown;
  readonly producerEpoch?: number;
  readonly firstSequence?: number;
  readonly records?: readonly { readonly buffer: Buffer }[];
}
interface EncodedBatch {
  readonly buf: Buffer;
  readonly buffer: Buffer;
  size(): number;
}
type EncodeBatch = (batch: BatchToEncode) => Promise<EncodedBatch>;

const require = createRequire(import.meta.url);
const batchModule = require('kafkajs/src/protocol/recordBatch/v0') as { RecordBatch: EncodeBatch };
/** The client's own encoder, with which ours has to agree byte by byte. */
export const encodeBatchOfClient = batchModule.RecordBatch;

const headBytes = 61; // everything before the records, their number included
const beforeLength = 12; // first offset and the length itself
const checksumAt = 17;
const magic = 2;
const transactionalBit = 16;
const checksum = batchChecksum();

/**
 * A record batch (Kafka protocol, message format v2) in one buffer of its exact size.
 *
 * The client copies all records three times, through buffers that double, and computes the checksum in JavaScript. The bytes are the same.
 * Compressed batches, which we never write, are left to the client.
 */
export async function encodeBatch(batch: BatchToEncode): Promise<EncodedBatch> {
  const { compression = 0, records = [], firstTimestamp = Date.now(), maxTimestamp = Date.now() } = batch;
  if (compression !== 0) return encodeBatchOfClient(batch);
  const parts = records.map(({ buffer }) => buffer);
  const buf = Buffer.allocUnsafe(parts.reduce((sum, { length }) => sum + length, headBytes));
  buf.writeBigInt64BE(long(batch.firstOffset ?? 0), 0);
  buf.writeInt32BE(buf.length - beforeLength, 8);
  buf.writeInt32BE(batch.partitionLeaderEpoch ?? 0, beforeLength);
  buf[16] = magic;
  buf.writeInt16BE(batch.transactional ? transactionalBit : 0, 21);
  buf.writeInt32BE(batch.lastOffsetDelta ?? 0, 23);
  buf.writeBigInt64BE(long(firstTimestamp), 27);
  buf.writeBigInt64BE(long(maxTimestamp), 35);
  buf.writeBigInt64BE(long(batch.producerId ?? -1), 43);
  buf.writeInt16BE(batch.producerEpoch ?? 0, 51);
  buf.writeInt32BE(batch.firstSequence ?? 0, 53);
  buf.writeInt32BE(parts.length, 57);
  let at = headBytes;
  for (const part of parts) {
    part.copy(buf, at);
    at += part.length;
  }
  buf.writeUInt32BE(checksum(buf.subarray(checksumAt + 4)), checksumAt);
  return { buf, buffer: buf, size: () => buf.length };
}

/** Makes the client use it. Call before the first record is sent: requests keep the encoder that they were created with. */
export function patchBatchEncoding(): void {
  batchModule.RecordBatch = encodeBatch;
}

const long = (value: unknown): bigint => BigInt(String(value));
