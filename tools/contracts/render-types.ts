import { isArray, isMap, isRecord, isReference, isUnion } from '@tributary/contracts';
import type { AvroRecord, AvroSchema } from '@tributary/contracts';
import type { Language } from './language.js';

const note = '// Generated from libs/contracts/schemas by `npm run contracts:generate`. Do not edit.';

/** src/generated/types.ts: one interface a record, docs as comments. */
export function renderTypes(language: Language): string {
  const interfaces = [...language.values()].map(
    (record) =>
      `${comment(record.doc)}export interface ${record.name} {\n${record.fields
        .map((field) => `${comment(field.doc, '  ')}  ${field.name}: ${typeScriptOf(field.type)};`)
        .join('\n')}\n}`,
  );
  return `${note}\n\n${interfaces.join('\n\n')}\n`;
}

/** src/generated/schemas.ts: every named type once; `schemaOf` writes them out into one schema. */
export function renderSchemas(language: Language): string {
  const entries = [...language].map(([name, record]) => `  '${name}': ${JSON.stringify(ordered(record))},`);
  return [
    note,
    "import type { AvroRecord } from '../avro/schema.js';",
    '',
    '/** Every named type of the language by its full name, referring to the others by theirs. */',
    'export const namedTypes: Readonly<Record<string, AvroRecord>> = {',
    ...entries,
    '};',
    '',
  ].join('\n');
}

/** TypeScript type of a schema; null comes last. */
export function typeScriptOf(schema: AvroSchema): string {
  if (isReference(schema)) return schema.slice(schema.lastIndexOf('.') + 1);
  if (typeof schema === 'string') return { int: 'number', long: 'number', bytes: 'Uint8Array' }[schema] ?? schema;
  if (isUnion(schema)) {
    const branches = schema.map(typeScriptOf);
    return [...branches.filter((branch) => branch !== 'null'), ...branches.filter((branch) => branch === 'null')].join(' | ');
  }
  if (isArray(schema)) {
    const items = typeScriptOf(schema.items);
    return items.includes(' ') ? `(${items})[]` : `${items}[]`;
  }
  if (isMap(schema)) return `Record<string, ${typeScriptOf(schema.values)}>`;
  if (isRecord(schema)) return schema.name;
  return schema.logicalType === 'timestamp-millis' ? 'number' : 'bigint';
}

const comment = (doc: string | undefined, indent = ''): string => (doc ? `${indent}/** ${doc.replaceAll('*/', '*\\/')} */\n` : '');

/** The order of attributes that Avro's specification writes them in: the text is the same whatever the file says. */
const ordered = ({ type, namespace, name, doc, fields }: AvroRecord): AvroRecord => ({ type, namespace, name, doc, fields }) as AvroRecord;
