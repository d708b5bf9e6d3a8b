import type { AvroLogical, AvroRecord, AvroSchema } from '@tributary/contracts';
import { fullNameOf, isArray, isMap, isRecord, isUnion } from '@tributary/contracts';

/**
 * Converts Avro values to JSON that a person can edit, and back. Exact longs are written as digits in text (`"29429"`), because a JSON
 * number may not hold them (I5); in a union with text they are `{ "integer": "29429" }`. All other types map to the JSON type of the same
 * name.
 */

/** One field of an edited value that does not fit the schema. */
export interface FieldProblem {
  /** `source.eventId`, `fields.Name`, `lines[2].amount`; '' for the whole value. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
}

type Named = ReadonlyMap<string, AvroRecord>;

/** Converts a value that was decoded with this schema to JSON. */
export function toEditableJson(schema: AvroRecord, value: unknown): unknown {
  return written(schema, value, namedIn(schema));
}

/** Converts JSON to the value of the schema, or lists everything that does not fit, field by field. */
export function fromEditableJson(
  schema: AvroRecord,
  json: unknown,
): { readonly value: unknown; readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const value = read(schema, json, '', { named: namedIn(schema), problems });
  return { value, problems };
}

function written(schema: AvroSchema, value: unknown, named: Named): unknown {
  const type = resolved(schema, named);
  if (isUnion(type)) {
    const branch = type.find((one) => isOfBranch(one, value, named));
    if (branch === undefined || value === null) return value ?? null;
    const json = written(branch, value, named);
    return typeof value === 'bigint' && type.includes('string') ? { integer: json } : json;
  }
  if (isRecord(type)) {
    const record = value as Readonly<Record<string, unknown>>;
    return Object.fromEntries(type.fields.map((field) => [field.name, written(field.type, record[field.name], named)]));
  }
  if (isArray(type)) return (value as readonly unknown[]).map((item) => written(type.items, item, named));
  if (isMap(type))
    return Object.fromEntries(
      Object.entries(value as Readonly<Record<string, unknown>>).map(([key, item]) => [key, written(type.values, item, named)]),
    );
  return typeof value === 'bigint' ? value.toString() : value;
}

/** Whether a decoded value belongs to this branch of a union. */
function isOfBranch(schema: AvroSchema, value: unknown, named: Named): boolean {
  const type = resolved(schema, named);
  if (type === 'null') return value === null;
  if (isExact(type)) return typeof value === 'bigint';
  if (isArray(type)) return Array.isArray(value);
  if (isRecord(type) || isMap(type)) return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'string') return typeof value === 'string';
  if (type === 'boolean') return typeof value === 'boolean';
  return typeof value === 'number';
}

interface Reading {
  readonly named: Named;
  readonly problems: FieldProblem[];
}

function read(schema: AvroSchema, json: unknown, path: string, reading: Reading): unknown {
  const type = resolved(schema, reading.named);
  const wrong = (): undefined => {
    reading.problems.push({ path, expected: describe(schema, reading.named), found: kindOf(json) });
    return undefined;
  };
  if (isUnion(type)) {
    const branch = type.find((one) => fitsBranch(one, json, type, reading.named));
    if (branch === undefined) return wrong();
    const inner = isExact(resolved(branch, reading.named)) && isTaggedInteger(json) ? json.integer : json;
    return read(branch, inner, path, reading);
  }
  if (isRecord(type)) return isObject(json) ? readRecord(type, json, path, reading) : wrong();
  if (isArray(type))
    return Array.isArray(json) ? json.map((item: unknown, index) => read(type.items, item, `${path}[${index}]`, reading)) : wrong();
  if (isMap(type)) {
    if (!isObject(json)) return wrong();
    return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, read(type.values, item, join(path, key), reading)]));
  }
  return readPlain(type, json) ?? (type === 'null' && json === null ? null : wrong());
}

function readRecord(type: AvroRecord, json: Readonly<Record<string, unknown>>, path: string, reading: Reading): unknown {
  const known = new Set(type.fields.map(({ name }) => name));
  for (const name of Object.keys(json))
    if (!known.has(name)) reading.problems.push({ path: join(path, name), expected: 'no such field', found: kindOf(json[name]) });
  return Object.fromEntries(
    type.fields.map((field) => {
      const given = Object.hasOwn(json, field.name);
      const fallback = field.default === undefined ? undefined : field.default;
      if (!given && fallback === undefined) {
        reading.problems.push({ path: join(path, field.name), expected: describe(field.type, reading.named), found: 'nothing' });
        return [field.name, undefined];
      }
      return [field.name, read(field.type, given ? json[field.name] : fallback, join(path, field.name), reading)];
    }),
  );
}

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

/** The value of a primitive type; undefined when the JSON does not fit. */
function readPlain(type: AvroSchema, json: unknown): unknown {
  if (isExact(type)) {
    if (typeof json !== 'string' || !/^-?\d{1,19}$/.test(json)) return undefined;
    const value = BigInt(json);
    return value >= smallest && value <= largest ? value : undefined;
  }
  if (type === 'string') return typeof json === 'string' ? json : undefined;
  if (type === 'boolean') return typeof json === 'boolean' ? json : undefined;
  if (type === 'int') return Number.isInteger(json) && Math.abs(json as number) < 2 ** 31 ? json : undefined;
  if (type === 'double' || type === 'float') return typeof json === 'number' ? json : undefined;
  if (type === 'long' || (typeof type === 'object' && 'logicalType' in type)) return Number.isSafeInteger(json) ? json : undefined;
  return undefined;
}

function fitsBranch(schema: AvroSchema, json: unknown, union: readonly AvroSchema[], named: Named): boolean {
  const type = resolved(schema, named);
  if (type === 'null') return json === null;
  if (isRecord(type) || isMap(type)) return isObject(json);
  if (isArray(type)) return Array.isArray(json);
  if (isExact(type)) return union.includes('string') ? isTaggedInteger(json) : readPlain(type, json) !== undefined;
  return readPlain(type, json) !== undefined;
}

function isTaggedInteger(json: unknown): json is { readonly integer: unknown } {
  return isObject(json) && Object.keys(json).length === 1 && 'integer' in json;
}

function isExact(schema: AvroSchema): boolean {
  const logical = (schema as AvroLogical).logicalType as string | undefined;
  return logical === 'minor-units' || logical === 'exact-long';
}

function isObject(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function describe(schema: AvroSchema, named: Named): string {
  const type = resolved(schema, named);
  if (isUnion(type)) {
    const withText = type.includes('string');
    return type.map((one) => (withText && isExact(resolved(one, named)) ? '{ "integer": "<digits>" }' : describe(one, named))).join(' or ');
  }
  if (isRecord(type)) return `an object (${fullNameOf(type)})`;
  if (isArray(type)) return 'a list';
  if (isMap(type)) return 'an object';
  if (isExact(type)) return 'a whole number as text ("29429")';
  if (type === 'null') return 'null';
  if (type === 'string') return 'text';
  if (type === 'boolean') return 'true or false';
  const isTime = typeof type === 'object' && 'logicalType' in type && type.logicalType === 'timestamp-millis';
  return isTime ? 'milliseconds since 1970 as a number' : 'a number';
}

/** The kind of a value for error messages. Never the value itself: it may be a person's name (I8). */
function kindOf(json: unknown): string {
  if (json === null) return 'null';
  if (Array.isArray(json)) return 'a list';
  if (typeof json === 'object') return 'an object';
  return { string: 'text', number: 'a number', boolean: 'true or false', undefined: 'nothing' }[typeof json as string] ?? typeof json;
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function resolved(schema: AvroSchema, named: Named): AvroSchema {
  return typeof schema === 'string' ? (named.get(schema) ?? schema) : schema;
}

/** Named types defined inside a schema, by full name: later uses refer to them by that name. */
function namedIn(schema: AvroSchema, found = new Map<string, AvroRecord>()): Named {
  if (isUnion(schema)) for (const branch of schema) namedIn(branch, found);
  else if (isRecord(schema)) {
    found.set(fullNameOf(schema), schema);
    for (const field of schema.fields) namedIn(field.type, found);
  } else if (isArray(schema)) namedIn(schema.items, found);
  else if (isMap(schema)) namedIn(schema.values, found);
  return found;
}
