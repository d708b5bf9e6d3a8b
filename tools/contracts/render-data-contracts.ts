import { isArray, isMap, isRecord, isReference, isUnion, topicCatalogue } from '@tributary/contracts';
import type { AvroRecord, AvroSchema, TopicDefinition } from '@tributary/contracts';
import { stringify } from 'yaml';
import type { Language } from './language.js';

const dayMs = 24 * 60 * 60 * 1_000;
/** Topics that data teams read. Raw facts, requests and orders are for the product's own services. */
const dataTeamKinds: readonly TopicDefinition['kind'][] = ['canonical', 'outcome', 'reference'];

/** One column or field of the Open Data Contract Standard. */
interface Property {
  readonly logicalType: string;
  readonly physicalType: string;
  readonly properties?: readonly object[];
  readonly items?: object;
}

/** docs/data/contracts/<topic>.odcs.yaml by path: each topic for data teams, by the Open Data Contract Standard 3.1.0. */
export function renderDataContracts(language: Language): Map<string, string> {
  const read = topicCatalogue({ targets: [] }).filter(({ kind }) => dataTeamKinds.includes(kind));
  return new Map(read.map((topic) => [`docs/data/contracts/${topic.name}.odcs.yaml`, contractOf(topic, language)]));
}

function contractOf(topic: TopicDefinition, language: Language): string {
  const contract = {
    apiVersion: 'v3.1.0',
    kind: 'DataContract',
    id: `tributary.${topic.name}`,
    name: topic.name,
    version: '1.0.0',
    status: 'active',
    description: {
      purpose: topic.description,
      usage: `Record key: ${topic.key}. Consumers are idempotent by the header ce_id, and ignore types that they do not know.`,
      limitations:
        'Values that a source may extend are strings. Fields are added with a default, never renamed, and never change their type.',
    },
    schema: topic.records.map((name) => objectOf(language.get(name) as AvroRecord, topic, language)),
    slaProperties: [
      topic.cleanupPolicy === 'compact'
        ? { property: 'retention', value: 'newest record of each key', element: topic.name }
        : { property: 'retention', value: topic.retentionMs / dayMs, unit: 'd', element: topic.name },
    ],
  };
  return stringify(contract, { aliasDuplicateObjects: false, lineWidth: 0 });
}

function objectOf(record: AvroRecord, topic: TopicDefinition, language: Language): object {
  return {
    name: record.name,
    logicalType: 'object',
    physicalType: 'record',
    physicalName: `${topic.name}-${record.namespace}.${record.name}`,
    ...(record.doc !== undefined && { description: record.doc }),
    properties: fieldsOf(record, language),
  };
}

function fieldsOf(record: AvroRecord, language: Language): object[] {
  return record.fields.map((field) => ({
    name: field.name,
    ...propertyOf(field.type, language),
    required: !isNullable(field.type),
    ...(field.doc !== undefined && { description: field.doc }),
  }));
}

const isNullable = (schema: AvroSchema): boolean => isUnion(schema) && schema.includes('null');
const numbers: Readonly<Record<string, string>> = {
  int: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  boolean: 'boolean',
};

function propertyOf(schema: AvroSchema, language: Language): Property {
  if (isUnion(schema)) {
    const branches = schema.filter((branch) => branch !== 'null');
    // A value of one of several types has no logical type of its own in the standard.
    return branches.length === 1
      ? propertyOf(branches[0] as AvroSchema, language)
      : { logicalType: 'object', physicalType: `union of ${branches.map(textOf).join(', ')}` };
  }
  if (isArray(schema)) {
    return { logicalType: 'array', physicalType: 'array', items: { name: 'item', ...propertyOf(schema.items, language) } };
  }
  if (isMap(schema)) return { logicalType: 'object', physicalType: `map of ${textOf(schema.values)}` };
  if (isRecord(schema)) return { logicalType: 'object', physicalType: 'record', properties: fieldsOf(schema, language) };
  if (isReference(schema)) return propertyOf(language.get(schema) as AvroRecord, language);
  if (typeof schema === 'string') return { logicalType: numbers[schema] ?? 'string', physicalType: schema };
  return schema.logicalType === 'timestamp-millis'
    ? { logicalType: 'timestamp', physicalType: 'long (milliseconds since the epoch, UTC)' }
    : { logicalType: 'integer', physicalType: `long (${schema.logicalType})` };
}

function textOf(schema: AvroSchema): string {
  if (typeof schema === 'string') return schema;
  if (isUnion(schema)) return schema.map(textOf).join(' or ');
  return 'logicalType' in schema ? schema.logicalType : schema.type;
}
