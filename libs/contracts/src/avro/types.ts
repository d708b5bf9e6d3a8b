import avro from 'avsc';
import type { AvroSchema } from './schema.js';

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** A long as bigint over its full range: an amount may be larger than a JavaScript number can say exactly (I5). */
const exactLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => bytes.readBigInt64LE(),
  toBuffer: littleEndian,
  fromJSON: (value: number) => BigInt(value),
  toJSON: (value: bigint) => Number(value),
  isValid: (value: unknown) => typeof value === 'bigint' && value >= smallest && value <= largest,
  compare: (one: bigint, other: bigint) => (one === other ? 0 : one < other ? -1 : 1),
});

/**
 * Any other long is a number: counts and timestamps. avsc's own long reads some numbers beyond 2^52 with the wrong sign
 * (5.7.9: -4503599627370497 comes back as 4503599627370496), so this one goes through bigint and refuses what is not exact.
 */
const safeLong = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => {
    const value = bytes.readBigInt64LE();
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`reading a long: ${value} does not fit into a number`);
    return number;
  },
  toBuffer: (value: number) => littleEndian(BigInt(value)),
  fromJSON: (value: number) => value,
  toJSON: (value: number) => value,
  isValid: (value: unknown) => Number.isSafeInteger(value),
  compare: (one: number, other: number) => Math.sign(one - other),
});

function littleEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}

const exactLogicalTypes = new Set(['minor-units', 'exact-long']);

/**
 * The run-time type of a schema. Longs with the logical types `minor-units` and `exact-long` are bigint, others are numbers;
 * unions hold the plain value; records are plain of methods. One type per call: make it once and keep it.
 */
export function avroTypeOf(schema: AvroSchema): avro.Type {
  return avro.Type.forSchema(
    structuredClone(schema) as avro.Schema,
    {
      wrapUnions: false,
      omitRecordMethods: true,
      typeHook: (part: unknown) => {
        if (part === 'long') return safeLong;
        const { type, logicalType } = Object(part) as { type?: unknown; logicalType?: unknown };
        if (type !== 'long') return undefined;
        return exactLogicalTypes.has(String(logicalType)) ? exactLong : safeLong;
      },
    } as Parameters<typeof avro.Type.forSchema>[1],
  );
}
