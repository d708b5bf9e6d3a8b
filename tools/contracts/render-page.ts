import {
  events,
  headerCatalogue,
  headers,
  isArray,
  isMap,
  isRecord,
  isReference,
  isUnion,
  recordsByTopic,
  topicCatalogue,
} from '@tributary/contracts';
import type { AvroRecord, AvroSchema, ErpDocumentShape, EventDefinition, HeaderDefinition, TopicDefinition } from '@tributary/contracts';
import type { Language } from './language.js';

const dayMs = 24 * 60 * 60 * 1_000;

/** docs/topics.md: topics, keys, headers, events, records, document shapes. */
export function renderPage(language: Language, shapes: readonly ErpDocumentShape[]): string {
  return [
    '# Topics, events, headers, records',
    '<!-- Generated from libs/contracts by `npm run contracts:generate`. Do not edit. -->',
    'The language of Tributary: what travels through Kafka. Values are Avro in Confluent wire format with the subject `<topic>-<record>`; raw facts are bytes. Schemas of facts, requests and outcomes stay compatible both ways with every version that was ever committed (`FULL_TRANSITIVE`). Values that a source may extend are strings. Amounts are integer minor units with their currency, timestamps milliseconds since the epoch, UTC.',
    ...topicsPart(),
    ...headersPart(),
    ...eventsPart(),
    ...recordsPart(language),
    ...shapesPart(shapes),
    '',
  ].join('\n\n');
}

function topicsPart(): string[] {
  const rows = topicCatalogue({ targets: ['<target>'] }).map((topic) => [
    code(topic.name),
    topic.kind,
    topic.writtenBy,
    topic.key,
    String(topic.partitions),
    keeps(topic),
    topic.description,
  ]);
  return [
    '## Topics',
    'A target is one company in one ERP (`kinetic-main`) or one Stripe account. A record is at most 2 MiB. A group that cannot work on a record writes it to `<topic>.<group>.dlq`, with the original bytes, or to `<topic>.<group>.retry.<delay>`.',
    table(['Topic', 'Kind', 'Written by', 'Record key', 'Partitions', 'Keeps', 'Says'], rows),
  ];
}

function headersPart(): string[] {
  const on = { every: 'every message', raw: 'raw facts', dead: 'dead letters', some: 'where known' } as const;
  const rows = Object.entries(headerCatalogue as Readonly<Record<string, HeaderDefinition>>).map(([name, header]) => [
    code((headers as Readonly<Record<string, string>>)[name] as string),
    on[header.on],
    header.description,
  ]);
  return [
    '## Headers',
    'CloudEvents 1.0 in binary mode, W3C trace context, and ours. All values are UTF-8 text.',
    table(['Header', 'On', 'Says'], rows),
  ];
}

function eventsPart(): string[] {
  const all: EventDefinition<unknown>[] = Object.values(events);
  const rows = all.map(({ type, topic, record }) => [
    code(type),
    code(topic ?? 'postings.<target>.v1'),
    record ? `[${record}](#${anchor(record)})` : 'bytes as they arrived',
  ]);
  return ['## Events', table(['Type (`ce_type`)', 'Topic', 'Record'], rows)];
}

function recordsPart(language: Language): string[] {
  const messages = new Set([...recordsByTopic({ targets: ['<target>'] }).values()].flat());
  const sections = [...language].flatMap(([name, record]) => recordSection(name, record, messages.has(name)));
  return ['## Records', 'A question mark: may be null.', ...sections];
}

function recordSection(name: string, record: AvroRecord, isMessage: boolean): string[] {
  const rows = record.fields.map((field) => [code(field.name), typeText(field.type), field.doc ?? '']);
  return [`### ${name}`, `${isMessage ? '' : '_Part of others._ '}${record.doc ?? ''}`, table(['Field', 'Type', 'Says'], rows)];
}

function shapesPart(shapes: readonly ErpDocumentShape[]): string[] {
  const sections = shapes.flatMap((shape) => [
    `### ${shape.name}`,
    shape.custom
      ? `Further text fields whose name matches \`${shape.custom.pattern.source}\`, up to ${shape.custom.maxLength} characters (${shape.custom.source}).`
      : 'No further fields.',
    fieldTable(shape.fields),
    ...Object.entries(shape.lines ?? {}).flatMap(([name, fields]) => [`Lines \`${name}\`:`, fieldTable(fields)]),
  ]);
  return ['## ERP documents', 'What `PostingRequested.shape` names: the fields a document can have in an ERP.', ...sections];
}

function fieldTable(fields: ErpDocumentShape['fields']): string {
  return table(
    ['Field', 'Type', 'Required', 'Says', 'Source'],
    Object.entries(fields).map(([name, field]) => [
      code(name),
      field.maxLength
        ? `${field.type}, ${field.maxLength}`
        : field.digits
          ? `${field.type}, ${field.digits.join(' + ')} digits`
          : field.type,
      field.required ? 'yes' : '',
      field.destination ? `${field.description} Goes to ${field.destination}.` : field.description,
      field.source,
    ]),
  );
}

function typeText(schema: AvroSchema): string {
  if (isReference(schema)) return `[${schema.slice(schema.lastIndexOf('.') + 1)}](#${anchor(schema)})`;
  if (typeof schema === 'string') return schema;
  if (isUnion(schema)) {
    const branches = schema.filter((branch) => branch !== 'null').map(typeText);
    return branches.length === 1 ? `${branches[0]}?` : `(${branches.join(' or ')})?`;
  }
  if (isArray(schema)) return `list of ${typeText(schema.items)}`;
  if (isMap(schema)) return `map of ${typeText(schema.values)}`;
  if (isRecord(schema)) return schema.name;
  return schema.logicalType === 'timestamp-millis' ? 'timestamp' : schema.logicalType;
}

const keeps = (topic: TopicDefinition): string =>
  topic.cleanupPolicy === 'compact' ? 'newest of each key' : `${Math.round(topic.retentionMs / dayMs)} days`;
const code = (text: string): string => `\`${text}\``;
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-');
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
