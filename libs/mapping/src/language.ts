import { fullNameOf, isArray, isMap, isRecord, isUnion } from '@tributary/contracts';
import type { AvroRecord, AvroSchema, ErpDocumentShape } from '@tributary/contracts';

/** What assets are checked against: the records of canonical events and the shapes of ERP documents. */
export interface AssetLanguage {
  /** Event type (`ar.payment-received`) -> its record. */
  readonly events: ReadonlyMap<string, RecordType>;
  /** Shape name (`<kind of target>/customer`) -> shape. */
  readonly shapes: ReadonlyMap<string, ErpDocumentShape>;
}

/** Type of a record's field, as expressions see it. */
export type FieldType =
  | { readonly kind: 'text' | 'integer' | 'boolean' | 'text-map' | 'text-list' | 'other' }
  | { readonly kind: 'record'; readonly record: RecordType }
  | { readonly kind: 'record-list'; readonly record: RecordType };

/** A record, as expressions see it. */
export interface RecordType {
  /** Last part of the full name: `Money`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldType>;
}

/**
 * The record type of a self-contained Avro schema (named types are defined at first use). A union with null has the type of its other
 * branch: expressions handle null with coalesce(), present() and when().
 */
export function recordTypeOf(schema: AvroRecord): RecordType {
  return recordOf(schema, new Map());
}

function fieldTypeOf(schema: AvroSchema, named: Map<string, RecordType>): FieldType {
  if (typeof schema === 'string') {
    const record = named.get(schema);
    return record ? { kind: 'record', record } : primitive(schema);
  }
  if (isUnion(schema)) {
    const branches = schema.filter((branch) => branch !== 'null');
    return branches.length === 1 && branches[0] !== undefined ? fieldTypeOf(branches[0], named) : { kind: 'other' };
  }
  if (isRecord(schema)) return { kind: 'record', record: recordOf(schema, named) };
  if (isMap(schema)) return { kind: schema.values === 'string' ? 'text-map' : 'other' };
  if (isArray(schema)) {
    const items = fieldTypeOf(schema.items, named);
    return items.kind === 'record'
      ? { kind: 'record-list', record: items.record }
      : { kind: items.kind === 'text' ? 'text-list' : 'other' };
  }
  return primitive(schema.type);
}

function recordOf(schema: AvroRecord, named: Map<string, RecordType>): RecordType {
  const fields = new Map<string, FieldType>();
  const record: RecordType = { name: schema.name.slice(schema.name.lastIndexOf('.') + 1), fields };
  named.set(fullNameOf(schema), record);
  for (const field of schema.fields) fields.set(field.name, fieldTypeOf(field.type, named));
  return record;
}

function primitive(name: string): FieldType {
  if (name === 'string') return { kind: 'text' };
  if (name === 'int' || name === 'long') return { kind: 'integer' };
  return { kind: name === 'boolean' ? 'boolean' : 'other' };
}
