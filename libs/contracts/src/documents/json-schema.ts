import { fullNameOf, isArray, isMap, isRecord, isUnion } from '../avro/schema.js';
import type { AvroRecord, AvroSchema } from '../avro/schema.js';
import { maxJournalLines, maxSalesLines } from './check.js';
import { documentSchemas } from './schemas.js';

const limits: Readonly<Record<string, readonly [least: number, most: number]>> = {
  'tributary.documents.SalesDocument': [1, maxSalesLines],
  'tributary.documents.JournalDocument': [2, maxJournalLines],
};

/** JSON Schema (2020-12) of all canonical documents, one definition per record. Whole numbers stand as decimal text where they may pass 2^53. */
export function documentsJsonSchema(): object {
  const definitions: Record<string, object> = {};
  const kinds = Object.entries(documentSchemas).map(([kind, record]) => [kind, referenceTo(record, definitions)] as const);
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Canonical documents of Tributary, by kind',
    type: 'object',
    properties: Object.fromEntries(kinds),
    additionalProperties: false,
    $defs: Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function referenceTo(record: AvroRecord, definitions: Record<string, object>): object {
  const { name, doc, fields } = record;
  if (!definitions[name]) {
    definitions[name] = {}; // first, so that nothing is written twice
    const [least, most] = limits[fullNameOf(record)] ?? [];
    const properties = fields.map((field) => {
      const bounds = field.name === 'lines' && least !== undefined ? { minItems: least, maxItems: most } : {};
      return [field.name, { ...jsonTypeOf(field.type, definitions), ...bounds, ...(field.doc ? { description: field.doc } : {}) }] as const;
    });
    definitions[name] = {
      ...(doc ? { description: doc } : {}),
      type: 'object',
      properties: Object.fromEntries(properties),
      required: fields.filter(({ type }) => !isUnion(type)).map((field) => field.name),
      additionalProperties: false,
    };
  }
  return { $ref: `#/$defs/${name}` };
}

function jsonTypeOf(schema: AvroSchema, definitions: Record<string, object>): object {
  if (isUnion(schema)) return { anyOf: schema.map((branch) => (branch === 'null' ? { type: 'null' } : jsonTypeOf(branch, definitions))) };
  if (isRecord(schema)) return referenceTo(schema, definitions);
  if (isArray(schema)) return { type: 'array', items: jsonTypeOf(schema.items, definitions) };
  if (isMap(schema)) return { type: 'object', additionalProperties: jsonTypeOf(schema.values, definitions) };
  const name = typeof schema === 'string' ? schema : schema.type;
  return name === 'long' ? { type: ['integer', 'string'], pattern: '^-?\\d+$' } : { type: name === 'int' ? 'integer' : name };
}
