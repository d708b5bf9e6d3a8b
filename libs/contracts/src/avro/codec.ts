import type { Type } from 'avsc';
import { namedTypes } from '../generated/schemas.js';
import { selfContained } from './schema.js';
import type { AvroRecord } from './schema.js';
import { avroTypeOf } from './types.js';
import { wellFormed } from './well-formed.js';

/** A value does not fit its record, bytes cannot be decoded as it, or the catalogue has no such record or schema. */
export class ContractError extends Error {
  /** @param record full name of the Avro record. */
  constructor(
    message: string,
    readonly record: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ContractError';
  }
}

const schemas = new Map<string, AvroRecord>();
const types = new Map<string, Type>();

/** Writer schemas come from outside, so how many are kept is bounded. */
const maxWriterSchemas = 1_000;
/** Writer schema -> reader, for each record. The text itself is the key: V8 hashes a string once. */
const readers = new Map<string, Map<string, Reader>>();

type Reader = (bytes: Uint8Array) => unknown;

/**
 * The schema of a record with every type it uses written out: what is registered and what a reader needs.
 * @param record full name: `tributary.ar.PaymentReceived`.
 * @throws {ContractError} when the language has no such record.
 */
export function schemaOf(record: string): AvroRecord {
  let schema = schemas.get(record);
  if (!schema) {
    if (!namedTypes[record]) throw new ContractError(`looking up the schema of ${record}: the language has no such record`, record);
    schema = selfContained(record, namedTypes);
    schemas.set(record, schema);
  }
  return schema;
}

/**
 * The bytes of a value, without Confluent's prefix. Amounts are bigint, timestamps milliseconds. All text is well-formed UTF-8: an unpaired
 * surrogate becomes U+FFFD.
 * @param onRepaired called with the number of strings and map keys that were repaired, when there are any.
 * @throws {ContractError} naming the first field that does not fit and the kind of value it holds, never the value itself (I8).
 */
export function encodeAvro(record: string, value: unknown, onRepaired?: (texts: number) => void): Uint8Array {
  const type = typeFor(record);
  try {
    const text = wellFormed(value);
    if (text.repaired > 0) onRepaired?.(text.repaired);
    return type.toBuffer(text.value);
  } catch {
    // Without the cause: avsc's message holds the value (I8).
    throw new ContractError(`encoding ${record}: ${problemOf(type, value)}`, record);
  }
}

/**
 * The value in bytes that were written with the same schema, or with `writerSchema` (JSON text as registered), which may be an
 * older or a newer version.
 * @throws {ContractError} for bytes that do not hold it and for a schema that cannot be read as the record.
 */
export function decodeAvro(record: string, bytes: Uint8Array, writerSchema?: string): unknown {
  const read = writerSchema === undefined ? readAs(typeFor(record)) : readerOf(record, writerSchema);
  try {
    return read(bytes);
  } catch (cause) {
    throw new ContractError(`decoding ${record}: ${bytes.byteLength} bytes do not hold one`, record, { cause });
  }
}

function typeFor(record: string): Type {
  let type = types.get(record);
  if (!type) {
    type = avroTypeOf(schemaOf(record));
    types.set(record, type);
  }
  return type;
}

const readAs =
  (type: Type): Reader =>
  (bytes) =>
    type.fromBuffer(bufferOf(bytes));

function readerOf(record: string, writerSchema: string): Reader {
  let byWriter = readers.get(record);
  if (!byWriter) readers.set(record, (byWriter = new Map()));
  let read = byWriter.get(writerSchema);
  if (!read) {
    read = resolve(record, writerSchema);
    if (byWriter.size >= maxWriterSchemas) byWriter.clear();
    byWriter.set(writerSchema, read);
  }
  return read;
}

function resolve(record: string, writerSchema: string): Reader {
  const reader = typeFor(record);
  try {
    const written = JSON.parse(writerSchema) as AvroRecord;
    if (JSON.stringify(written) === JSON.stringify(schemaOf(record))) return readAs(reader);
    const resolver = reader.createResolver(avroTypeOf(written));
    return (bytes) => reader.fromBuffer(bufferOf(bytes), resolver);
  } catch (cause) {
    throw new ContractError(`reading as ${record}: the schema that the bytes were written with does not fit`, record, { cause });
  }
}

const bufferOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function problemOf(type: Type, value: unknown): string {
  const problems: string[] = [];
  type.isValid(value, {
    errorHook: (path, found, expected) => {
      const kind = found === null ? 'null' : Array.isArray(found) ? 'an array' : typeof found;
      problems.push(`${path.join('.') || 'the value'} should be ${nameOf(expected)} and is ${kind}`);
    },
  });
  return problems[0] ?? 'the value does not fit its schema';
}

/** `tributary.common.Money`, `string`; avsc has the names of named types but does not declare them. */
const nameOf = (type: Type): string =>
  (type as Type & { readonly name?: string }).name ?? type.typeName.replace('abstract:', '').replace(':unwrapped', '');
