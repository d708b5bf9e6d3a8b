import { fullNameOf, isArray, isMap, isRecord, isReference, isUnion, schemaOf } from '@tributary/contracts';
import type { AvroRecord, AvroSchema } from '@tributary/contracts';
import type { ShownValue } from './readers.js';

type NamedRecords = Map<string, AvroRecord>;

/** A value that was published, in the form in which the readers of the other languages write what they decoded. */
export function shownRecord(record: string, value: unknown): ShownValue {
  const schema = schemaOf(record);
  return shown(schema, value, namedIn(schema));
}

function shown(schema: AvroSchema, value: unknown, named: NamedRecords): ShownValue {
  if (isUnion(schema)) return shown(schema.find((branch) => (branch === 'null') === (value === null)) as AvroSchema, value, named);
  if (isReference(schema)) return shown(named.get(schema) as AvroRecord, value, named);
  if (isRecord(schema)) return schema.fields.map(({ name, type }) => shown(type, (value as Record<string, unknown>)[name], named));
  if (isArray(schema)) return (value as unknown[]).map((item) => shown(schema.items, item, named));
  if (isMap(schema)) {
    const entries = Object.entries(value as object).map(([key, item]) => [key.toWellFormed(), shown(schema.values, item, named)] as const);
    return entries.sort(([one], [other]) => (one < other ? -1 : 1));
  }
  if (typeof value === 'string') return value.toWellFormed();
  return typeof value === 'bigint' || typeof value === 'number' ? value.toString() : (value as ShownValue);
}

const collected = new Map<AvroRecord, NamedRecords>();

/** Every record of a schema by its full name: it is written out where it is used first and only named after that. */
function namedIn(schema: AvroRecord): NamedRecords {
  let named = collected.get(schema);
  if (!named) collected.set(schema, (named = collect(schema, new Map())));
  return named;
}

function collect(schema: AvroSchema, into: NamedRecords): NamedRecords {
  if (isUnion(schema)) for (const branch of schema) collect(branch, into);
  else if (isArray(schema)) collect(schema.items, into);
  else if (isMap(schema)) collect(schema.values, into);
  else if (isRecord(schema)) {
    into.set(fullNameOf(schema), schema);
    for (const { type } of schema.fields) collect(type, into);
  }
  return into;
}
