import { fullNameOf, isArray, isMap, isRecord, isReference, isUnion } from '@tributary/contracts';
import type { AvroRecord, AvroSchema } from '@tributary/contracts';

/** Full name -> record, sorted by full name. */
export type Language = ReadonlyMap<string, AvroRecord>;

/** One schema file: its path below libs/contracts/schemas and its text. */
export interface SchemaFile {
  readonly path: string;
  readonly text: string;
}

const primitives = new Set(['null', 'boolean', 'int', 'long', 'string', 'bytes']);
const logicalTypes = new Set(['minor-units', 'exact-long', 'timestamp-millis']);

/**
 * The language in the schema files. One record a file, named like its file, in the namespace of its folder; every record and
 * every field has a doc; nullable fields have the default null; no floating point, no enums, no types but those of the language.
 *
 * @throws {Error} naming every problem at once.
 */
export function readLanguage(files: readonly SchemaFile[]): Language {
  const problems: string[] = [];
  const records = new Map<string, AvroRecord>();
  for (const { path, text } of [...files].sort((one, other) => (one.path < other.path ? -1 : 1))) {
    try {
      const record = JSON.parse(text) as AvroRecord;
      problems.push(...problemsOfPlace(path, record));
      records.set(fullNameOf(record), record);
    } catch (error) {
      problems.push(`${path} is no JSON: ${(error as Error).message}`);
    }
  }
  const shortNames = new Map<string, string>();
  for (const [name, record] of records) {
    const other = shortNames.get(record.name);
    if (other) problems.push(`${name}: ${other} has the same short name, and TypeScript knows only short names`);
    shortNames.set(record.name, name);
    problems.push(...problemsOfFields(record, records));
  }
  if (problems.length > 0) throw new Error(`reading the schemas:\n  ${problems.join('\n  ')}`);
  return records;
}

function problemsOfPlace(path: string, record: AvroRecord): string[] {
  const expected = `${(record.namespace ?? '').replace(/^tributary\./, '')}/${record.name}.avsc`;
  const problems = path === expected ? [] : [`${path} holds ${fullNameOf(record)}, which belongs into ${expected}`];
  if (record.type !== 'record') problems.push(`${path}: only records have names; values that may grow are strings`);
  if (!record.doc) problems.push(`${path}: has no doc`);
  return problems;
}

function problemsOfFields(record: AvroRecord, records: Language): string[] {
  return record.fields.flatMap((field) => {
    const where = `${fullNameOf(record)}.${field.name}`;
    const problems = problemsOfType(field.type, where, records);
    if (!field.doc) problems.push(`${where} has no doc`);
    if (isUnion(field.type) && (field.type[0] !== 'null' || field.default !== null)) {
      problems.push(`${where}: a union starts with null and has the default null, so that the field can be added and removed`);
    }
    return problems;
  });
}

function problemsOfType(schema: AvroSchema, where: string, records: Language): string[] {
  if (isReference(schema)) return records.has(schema) ? [] : [`${where}: there is no ${schema}`];
  if (typeof schema === 'string') return primitives.has(schema) ? [] : [`${where}: "${schema}" is not a type of the language`];
  if (isUnion(schema)) return schema.flatMap((branch) => problemsOfType(branch, where, records));
  if (isArray(schema)) return problemsOfType(schema.items, where, records);
  if (isMap(schema)) return problemsOfType(schema.values, where, records);
  if (isRecord(schema)) return [`${where}: ${schema.name} belongs into a file of its own`];
  return schema.type === 'long' && logicalTypes.has(schema.logicalType)
    ? []
    : [`${where}: ${JSON.stringify(schema)} is not a type of the language`];
}
