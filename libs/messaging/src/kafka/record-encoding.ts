import { createRequire } from 'node:module';

/** One record as the client hands it to its encoder, which takes one thing more than ours: header values that are arrays. */
export interface RecordToEncode {
  readonly offsetDelta?: number;
  readonly timestampDelta?: number;
  readonly key?: Buffer | string | null;
  readonly value?: Buffer | string | null;
  readonly headers?: Readonly<Record<string, unknown>>;
}
/** The part of an encoder that the client's encoders read. */
interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
}
type EncodeRecord = (record: RecordToEncode) => Encoded;
interface EncoderPrototype {
  buf: Buffer;
  offset: number;
  ensureAvailable(length: number): void;
}

const require = createRequire(import.meta.url);
const recordModule = 'kafkajs/src/protocol/recordBatch/record/v0';
/** The client's own encoder, with which ours has to agree byte by byte. */
export const encodeRecordOfClient = require(recordModule) as EncodeRecord;

const largestDelta = 0x3fff_ffff; // zigzag fits 32 bits

/**
 * A record of a record batch (Kafka protocol, message format v2) in one buffer of its exact size.
 *
 * The client allocates a zeroed buffer of 512 bytes for every header of every record, 7 kB for one of ours, and grows another one for the
 * whole: a quarter of the cost of publishing. The bytes are the same. Cases that we never produce are left to the client's encoder.
 */
export function encodeRecord(record: RecordToEncode): Encoded {
  const { offsetDelta = 0, timestampDelta = 0, key, value, headers = {} } = record;
  const names = Object.keys(headers);
  const values: Bytes[] = [];
  for (const name of names) {
    const bytes = headers[name];
    if (typeof bytes !== 'string' && !Buffer.isBuffer(bytes)) return encodeRecordOfClient(record);
    values.push(bytes);
  }
  if (!isSmall(timestampDelta) || !isSmall(offsetDelta)) return encodeRecordOfClient(record);
  let body =
    1 + sizeOfVarInt(timestampDelta) + sizeOfVarInt(offsetDelta) + sizeOfBytes(key) + sizeOfBytes(value) + sizeOfVarInt(names.length);
  for (let n = 0; n < names.length; n += 1) body += sizeOfBytes(names[n]) + sizeOfBytes(values[n]);
  const buf = Buffer.allocUnsafe(sizeOfVarInt(body) + body);
  let at = writeVarInt(buf, 0, body);
  buf[at++] = 0; // attributes: none is used
  at = writeVarInt(buf, at, timestampDelta);
  at = writeVarInt(buf, at, offsetDelta);
  at = writeBytes(buf, at, key);
  at = writeBytes(buf, at, value);
  at = writeVarInt(buf, at, names.length);
  for (let n = 0; n < names.length; n += 1) at = writeBytes(buf, writeBytes(buf, at, names[n]), values[n]);
  return { buf, buffer: buf };
}

/** Makes the client use it. Call before the first record is sent: requests keep the encoder that they were created with. */
export function patchRecordEncoding(): void {
  const cached = require.cache[require.resolve(recordModule)];
  if (cached) cached.exports = encodeRecord;
  const { prototype } = require('kafkajs/src/protocol/encoder') as { prototype: EncoderPrototype };
  /** The original fills what it is about to write over with zeros; `buffer` never shows what was not written. */
  prototype.ensureAvailable = function ensureAvailable(this: EncoderPrototype, length: number): void {
    const needed = this.offset + length;
    if (needed <= this.buf.length) return;
    const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(needed + 1)));
    this.buf.copy(larger, 0, 0, this.offset);
    this.buf = larger;
  };
}

type Bytes = Buffer | string;

function isSmall(delta: unknown): delta is number {
  return Number.isInteger(delta) && Math.abs(delta as number) <= largestDelta;
}

function lengthOf(bytes: Bytes): number {
  return typeof bytes === 'string' ? Buffer.byteLength(bytes) : bytes.length;
}

const zigzag = (value: number): number => ((value << 1) ^ (value >> 31)) >>> 0;

function sizeOfVarInt(value: number): number {
  let rest = zigzag(value) >>> 7;
  let size = 1;
  for (; rest !== 0; rest >>>= 7) size += 1;
  return size;
}

function sizeOfBytes(bytes: Bytes | null | undefined): number {
  if (bytes === null || bytes === undefined) return sizeOfVarInt(-1);
  const length = lengthOf(bytes);
  return sizeOfVarInt(length) + length;
}

function writeVarInt(buf: Buffer, start: number, value: number): number {
  let at = start;
  let rest = zigzag(value);
  for (; rest > 0x7f; rest >>>= 7) buf[at++] = (rest & 0x7f) | 0x80;
  buf[at++] = rest;
  return at;
}

function writeBytes(buf: Buffer, start: number, bytes: Bytes | null | undefined): number {
  if (bytes === null || bytes === undefined) return writeVarInt(buf, start, -1);
  const at = writeVarInt(buf, start, lengthOf(bytes));
  if (typeof bytes === 'string') return at + buf.write(bytes, at);
  bytes.copy(buf, at);
  return at + bytes.length;
}
