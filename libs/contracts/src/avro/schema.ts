/** Avro 1.11 schemas in their JSON form, as far as the language uses them. */
export type AvroSchema = string | AvroUnion | AvroRecord | AvroArray | AvroMap | AvroLogical;
/** A union; ours are a type or null. */
export type AvroUnion = readonly AvroSchema[];

/** A record: the schema of every message and of every part with fields. */
export interface AvroRecord {
  readonly type: 'record';
  readonly namespace?: string;
  readonly name: string;
  readonly doc?: string;
  readonly fields: readonly AvroField[];
}

/** A field of a record. */
export interface AvroField {
  readonly name: string;
  readonly type: AvroSchema;
  readonly default?: unknown;
  readonly doc?: string;
}

/** A list. */
export interface AvroArray {
  readonly type: 'array';
  readonly items: AvroSchema;
}

/** A map from text to one type. */
export interface AvroMap {
  readonly type: 'map';
  readonly values: AvroSchema;
}

/** `minor-units` and `exact-long` are bigint in TypeScript, `timestamp-millis` is a number of milliseconds. */
export interface AvroLogical {
  readonly type: 'long';
  readonly logicalType: 'minor-units' | 'exact-long' | 'timestamp-millis';
}

/** Whether a schema is a union. */
export const isUnion = (schema: AvroSchema): schema is AvroUnion => Array.isArray(schema);
/** Whether a schema is a record that is written out. */
export const isRecord = (schema: AvroSchema): schema is AvroRecord => typeOf(schema) === 'record';
/** Whether a schema is a list. */
export const isArray = (schema: AvroSchema): schema is AvroArray => typeOf(schema) === 'array';
/** Whether a schema is a map. */
export const isMap = (schema: AvroSchema): schema is AvroMap => typeOf(schema) === 'map';

const typeOf = (schema: AvroSchema): string | undefined =>
  typeof schema === 'object' && !isUnion(schema) ? (schema as { type: string }).type : undefined;

/** `tributary.ar.Refund`. */
export const fullNameOf = (record: AvroRecord): string => (record.namespace ? `${record.namespace}.${record.name}` : record.name);

/** Named types are written with a dot; everything else in a string is a primitive type. */
export const isReference = (schema: AvroSchema): schema is string => typeof schema === 'string' && schema.includes('.');

/**
 * One schema that needs no other: every named type is written out where it is used first and referred to by its full name
 * after that, as Avro demands.
 *
 * @param record full name of a record in `named`.
 * @throws {Error} naming the type that is missing and where it is used.
 */
export function selfContained(record: string, named: Readonly<Record<string, AvroRecord>>): AvroRecord {
  const written = new Set<string>();
  const inline = (schema: AvroSchema, where: string): AvroSchema => {
    if (isReference(schema)) {
      if (written.has(schema)) return schema;
      const found = named[schema];
      if (!found) throw new Error(`writing out the schema of ${record}: ${where} refers to ${schema}, which has no schema file`);
      return inlineRecord(found);
    }
    if (isUnion(schema)) return schema.map((branch) => inline(branch, where));
    if (isArray(schema)) return { ...schema, items: inline(schema.items, where) };
    if (isMap(schema)) return { ...schema, values: inline(schema.values, where) };
    return schema;
  };
  const inlineRecord = (schema: AvroRecord): AvroRecord => {
    const name = fullNameOf(schema);
    written.add(name);
    return { ...schema, fields: schema.fields.map((field) => ({ ...field, type: inline(field.type, `${name}.${field.name}`) })) };
  };
  return inline(record, 'the catalogue') as AvroRecord;
}
