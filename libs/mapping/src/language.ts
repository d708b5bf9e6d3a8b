/** What assets are checked against: the records of canonical events and the shapes of ERP documents. */
export interface AssetLanguage {
  /** Event type (`ar.payment-received`) -> its record. */
  readonly events: ReadonlyMap<string, RecordType>;
  /** Shape name (`epicor-kinetic/customer`) -> shape. */
  readonly shapes: ReadonlyMap<string, DocumentShape>;
}

export type FieldType =
  | { readonly kind: 'text' | 'integer' | 'boolean' | 'text-map' | 'text-list' | 'other' }
  | { readonly kind: 'record'; readonly record: RecordType };

export interface RecordType {
  /** Last part of the full name: `Money`. */
  readonly name: string;
  readonly fields: ReadonlyMap<string, FieldType>;
}

export type DocumentFieldType = 'text' | 'decimal' | 'date' | 'boolean' | 'integer';

export interface DocumentField {
  readonly type: DocumentFieldType;
  readonly maxLength?: number;
  readonly required: boolean;
}

export interface DocumentShape {
  readonly fields: ReadonlyMap<string, DocumentField>;
  /** Custom fields of the customer's own installation: names that end so are allowed with this type. */
  readonly customFields?: { readonly suffix: string; readonly type: DocumentFieldType; readonly maxLength?: number };
}

/** The field of a shape, custom fields included; undefined when the shape has no such field. */
export function documentField(shape: DocumentShape, name: string): DocumentField | undefined {
  const field = shape.fields.get(name);
  const custom = shape.customFields;
  if (field || !custom || !name.endsWith(custom.suffix)) return field;
  return custom.maxLength === undefined
    ? { type: custom.type, required: false }
    : { type: custom.type, maxLength: custom.maxLength, required: false };
}

type AvroSchema = string | readonly AvroSchema[] | { readonly type: AvroSchema; readonly [key: string]: unknown };

/**
 * The record type of a self-contained Avro schema (named types are defined at first use).
 * A union with null counts as its other branch: expressions meet null through coalesce(), present() and when().
 */
export function recordTypeOf(schema: unknown): RecordType {
  const named = new Map<string, FieldType>();
  const type = fieldTypeOf(schema as AvroSchema, named);
  if (type.kind !== 'record') throw new TypeError('reading an Avro schema for assets: it is not a record');
  return type.record;
}

function fieldTypeOf(schema: AvroSchema, named: Map<string, FieldType>): FieldType {
  if (typeof schema === 'string') return named.get(schema) ?? primitive(schema);
  if (Array.isArray(schema)) {
    const branches = (schema as readonly AvroSchema[]).filter((branch) => branch !== 'null');
    return branches.length === 1 && branches[0] !== undefined ? fieldTypeOf(branches[0], named) : { kind: 'other' };
  }
  const definition = schema as Exclude<AvroSchema, string | readonly AvroSchema[]>;
  if (definition.type === 'record') return recordOf(definition, named);
  if (definition.type === 'map') return { kind: definition.values === 'string' ? 'text-map' : 'other' };
  if (definition.type === 'array') return { kind: definition.items === 'string' ? 'text-list' : 'other' };
  return fieldTypeOf(definition.type, named);
}

function recordOf(definition: { readonly [key: string]: unknown }, named: Map<string, FieldType>): FieldType {
  const name = String(definition.name);
  const full = name.includes('.') || typeof definition.namespace !== 'string' ? name : `${definition.namespace}.${name}`;
  const fields = new Map<string, FieldType>();
  const type: FieldType = { kind: 'record', record: { name: full.slice(full.lastIndexOf('.') + 1), fields } };
  named.set(full, type);
  named.set(name, type);
  for (const field of definition.fields as readonly { name: string; type: AvroSchema }[])
    fields.set(field.name, fieldTypeOf(field.type, named));
  return type;
}

function primitive(name: string): FieldType {
  if (name === 'string') return { kind: 'text' };
  if (name === 'int' || name === 'long') return { kind: 'integer' };
  return { kind: name === 'boolean' ? 'boolean' : 'other' };
}
