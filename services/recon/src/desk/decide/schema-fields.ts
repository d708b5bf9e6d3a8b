import type { AvroRecord, AvroSchema, LetterSchemaView, SchemaFieldView } from '@tributary/contracts';
import { fullNameOf, isArray, isMap, isRecord, isUnion } from '@tributary/contracts';

/** Most fields that are listed: a schema from a registry may be of any size. */
const mostFields = 500;

interface Walk {
  readonly named: Map<string, AvroRecord>;
  readonly found: SchemaFieldView[];
}

/**
 * The schema that a message was written with, for people.
 * @param current the schema that messages of the type are written with now.
 */
export function schemaView(
  { id, schema, version }: { readonly id: number; readonly schema: AvroRecord; readonly version?: number | undefined },
  current: AvroRecord | undefined,
): LetterSchemaView {
  const fields = schemaFields(schema);
  const isCurrent = current !== undefined && JSON.stringify(schemaFields(current)) === JSON.stringify(fields);
  return {
    id,
    name: fullNameOf(schema),
    version: version ?? null,
    isCurrent,
    doc: typeof schema.doc === 'string' ? schema.doc : null,
    fields,
  };
}

/** Every field of a schema with its type and what it means, in the order of the schema; `[]` stands for each item of a list. */
export function schemaFields(schema: AvroRecord): readonly SchemaFieldView[] {
  const walk: Walk = { named: new Map(), found: [] };
  walkRecord(schema, '', walk, new Set());
  return walk.found;
}

/** @param above records that the path goes through: one that holds itself is not walked again. */
function walkRecord(record: AvroRecord, before: string, walk: Walk, above: ReadonlySet<string>): void {
  const name = fullNameOf(record);
  walk.named.set(name, record);
  if (above.has(name)) return;
  for (const { name: field, type, doc } of record.fields) {
    if (walk.found.length >= mostFields) return;
    const path = before === '' ? field : `${before}.${field}`;
    walk.found.push({ path, type: typeText(type, walk), doc: typeof doc === 'string' ? doc : null });
    walkParts(type, path, walk, new Set([...above, name]));
  }
}

function walkParts(schema: AvroSchema, path: string, walk: Walk, above: ReadonlySet<string>): void {
  const type = resolved(schema, walk);
  if (isUnion(type)) for (const branch of type) walkParts(branch, path, walk, above);
  else if (isRecord(type)) walkRecord(type, path, walk, above);
  else if (isArray(type)) walkParts(type.items, `${path}[]`, walk, above);
  else if (isMap(type)) walkParts(type.values, `${path}.*`, walk, above);
}

function typeText(schema: AvroSchema, walk: Walk): string {
  const type = resolved(schema, walk);
  if (isUnion(type)) return type.map((branch) => typeText(branch, walk)).join(' or ');
  if (isRecord(type)) return type.name;
  if (isArray(type)) return `list of ${typeText(type.items, walk)}`;
  if (isMap(type)) return `map of ${typeText(type.values, walk)}`;
  return typeof type === 'object' ? type.logicalType : type;
}

function resolved(schema: AvroSchema, { named }: Walk): AvroSchema {
  return typeof schema === 'string' ? (named.get(schema) ?? schema) : schema;
}
