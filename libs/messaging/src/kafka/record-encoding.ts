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
  if (!isSmall(timestampDelta) || !isSmall(offsetDelta)) return encodeRecordOfClient(record);
  const encoded = plainHeaders(headers) ?? encodeHeaders(headers);
  if (encoded === undefined) return encodeRecordOfClient(record);
  const body = 1 + sizeOfVarInt(timestampDelta) + sizeOfVarInt(offsetDelta) + sizeOfBytes(key) + sizeOfBytes(value) + encoded.length;
  const buf = Buffer.allocUnsafe(sizeOfVarInt(body) + body);
  let at = writeVarInt(buf, 0, body);
  buf[at++] = 0; // attributes: none is used
  at = writeVarInt(buf, at, timestampDelta);
  at = writeVarInt(buf, at, offsetDelta);
  at = writeBytes(buf, at, key);
  at = writeBytes(buf, at, value);
  if (typeof encoded === 'string') buf.write(encoded, at, 'latin1');
  else encoded.copy(buf, at);
  return { buf, buffer: buf };
}

/** Headers of any bytes; undefined where the client takes more than text and buffers. */
function encodeHeaders(headers: Readonly<Record<string, unknown>>): Buffer | undefined {
  const names = Object.keys(headers);
  let size = sizeOfVarInt(names.length);
  for (const name of names) {
    const bytes = headers[name];
    if (typeof bytes !== 'string' && !Buffer.isBuffer(bytes)) return undefined;
    size += sizeOfBytes(name) + sizeOfBytes(bytes);
  }
  const buf = Buffer.allocUnsafe(size);
  let at = writeVarInt(buf, 0, names.length);
  for (const name of names) at = writeBytes(buf, writeBytes(buf, at, name), headers[name] as Bytes);
  return buf;
}

/** Names of headers that are kept encoded at most: ours are a few dozen. */
const mostNames = 200;
/** Names of headers in ASCII behind their length. */
const encodedNames = new Map<string, string>();
/** Lengths as they are encoded, a character for each byte. */
const encodedLengths = Array.from({ length: 1_024 }, (_, length) => asCharacters(length));

/**
 * Headers as text with a character for each byte, where all of them are text in ASCII, as ours are: one string that is written at once costs a third of
 * thirty that are measured and written one by one (docs/adr/0099). Undefined for others.
 */
function plainHeaders(headers: Readonly<Record<string, unknown>>): string | undefined {
  let [encoded, values, count] = ['', '', 0];
  for (const name of Object.keys(headers)) {
    const value = headers[name];
    const before = encodedNames.get(name) ?? encodedName(name);
    if (typeof value !== 'string' || before === undefined) return undefined;
    encoded += before + (encodedLengths[value.length] ?? asCharacters(value.length)) + value;
    values += value;
    count += 1;
  }
  return Buffer.byteLength(values) === values.length ? asCharacters(count) + encoded : undefined;
}

function encodedName(name: string): string | undefined {
  if (Buffer.byteLength(name) !== name.length) return undefined;
  const encoded = asCharacters(name.length) + name;
  if (encodedNames.size < mostNames) encodedNames.set(name, encoded);
  return encoded;
}

function asCharacters(length: number): string {
  const bytes = Buffer.alloc(sizeOfVarInt(length));
  writeVarInt(bytes, 0, length);
  return bytes.toString('latin1');
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

function zigzag(value: number): number {
  return ((value << 1) ^ (value >> 31)) >>> 0;
}

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
