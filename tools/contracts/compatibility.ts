import { avroTypeOf, fullNameOf, isArray, isMap, isRecord, isReference, isUnion } from '@tributary/contracts';
import type { AvroField, AvroRecord, AvroSchema } from '@tributary/contracts';

/** One version of a record that was committed. */
export interface HistoricSchema {
  readonly version: number;
  readonly schema: AvroRecord;
}

/**
 * FULL_TRANSITIVE: what the current schema writes can be read with every version that was ever committed, and the other way
 * round. Nothing wrong: an empty list; otherwise sentences for people, naming version, direction and what is in the way.
 */
export function incompatibilities(current: AvroRecord, history: readonly HistoricSchema[]): string[] {
  return history.flatMap(({ version, schema }) => [
    ...directionProblems(`version ${version} cannot be read any more`, current, schema),
    ...directionProblems(`readers with version ${version} cannot read what is written now`, schema, current),
  ]);
}

function directionProblems(what: string, reader: AvroRecord, writer: AvroRecord): string[] {
  const name = fullNameOf(reader);
  const problems = [...lostFields(reader, writer)];
  try {
    avroTypeOf(reader).createResolver(avroTypeOf(writer));
  } catch (error) {
    problems.unshift((error as Error).message.split('\n')[0] ?? '');
  }
  return problems.map((problem) => `${name}: ${what}: ${problem}`);
}

/**
 * Avro's resolution lets the logical type of a long change in silence, and a unit with it (minor units are no milliseconds).
 */
function* lostFields(reader: AvroRecord, writer: AvroRecord): Generator<string> {
  const written = new Map(fieldsOf(writer).map(({ path, field }) => [path, field]));
  for (const { path, field } of fieldsOf(reader)) {
    const other = written.get(path);
    if (other && logicalTypes(field.type) !== logicalTypes(other.type)) yield `${path} changed its logical type`;
  }
}

function fieldsOf(record: AvroRecord): { path: string; field: AvroField }[] {
  return record.fields.flatMap((field) => [
    { path: `${record.name}.${field.name}`, field },
    ...recordsIn(field.type).flatMap((nested) => fieldsOf(nested)),
  ]);
}

function recordsIn(schema: AvroSchema): AvroRecord[] {
  if (typeof schema === 'string') return [];
  if (isUnion(schema)) return schema.flatMap(recordsIn);
  if (isArray(schema)) return recordsIn(schema.items);
  if (isMap(schema)) return recordsIn(schema.values);
  return isRecord(schema) ? [schema] : [];
}

/** The logical types in a field, without those of nested records; a field that becomes nullable keeps them. */
function logicalTypes(schema: AvroSchema): string {
  if (isReference(schema) || typeof schema === 'string') return '';
  if (isUnion(schema)) return schema.map(logicalTypes).join('');
  if (isArray(schema)) return logicalTypes(schema.items);
  if (isMap(schema)) return logicalTypes(schema.values);
  return isRecord(schema) ? '' : schema.logicalType;
}
