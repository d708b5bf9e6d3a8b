import { events, headerCatalogue, headers, topicCatalogue } from '@tributary/contracts';
import type { AvroRecord, HeaderDefinition, TopicDefinition } from '@tributary/contracts';
import { stringify } from 'yaml';
import { messageSchemas } from './history.js';
import type { Language } from './language.js';

const target = '{target}';
/** Of the binding of Kafka in AsyncAPI. */
const bindingVersion = '0.5.0';
const avro = 'application/vnd.apache.avro+json;version=1.9.0';
const definitions = Object.values(events);

/**
 * docs/data/asyncapi.yaml: every topic, event, header and record as AsyncAPI 3.1, from Tributary's side (`send`: it writes).
 * Source: the specification of AsyncAPI 3.1.0, and its bindings of Kafka 0.5.0.
 */
export function renderAsyncApi(language: Language): string {
  const catalogue = topicCatalogue({ targets: [target] });
  const document = {
    asyncapi: '3.1.0',
    info: {
      title: 'Tributary',
      version: '1.0.0',
      description:
        'Payments of Stripe and their way into a ledger. Values are Avro in Confluent wire format (a zero byte, the id of the schema in four bytes, the record) with the subject `<topic>-<record>`; raw facts are bytes. docs/data/README.md says how to read them.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/vnd.confluent.avro',
    channels: Object.fromEntries(catalogue.map((topic) => [idOf(topic.name), channelOf(topic)])),
    operations: Object.fromEntries(
      catalogue.map((topic) => [
        `write-${idOf(topic.name)}`,
        { action: 'send', summary: `Written by ${topic.writtenBy}.`, channel: { $ref: `#/channels/${idOf(topic.name)}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(definitions.map(({ type }) => [type, messageOf(type)])),
      messageTraits: { headers: { headers: headersSchema() } },
      schemas: Object.fromEntries(
        messageSchemas(language).map((schema) => [fullName(schema), { schemaFormat: avro, schema: { ...schema } }]),
      ),
    },
  };
  return stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 });
}

function channelOf(topic: TopicDefinition): object {
  const forEver = topic.cleanupPolicy === 'compact';
  return {
    address: topic.name,
    description: `${topic.description} Record key: ${topic.key}.`,
    ...(topic.name.includes(target) && { parameters: { target: { description: 'A company in an ERP, or a Stripe account.' } } }),
    messages: Object.fromEntries(typesIn(topic).map((type) => [type, { $ref: `#/components/messages/${type}` }])),
    bindings: {
      kafka: {
        topic: topic.name,
        partitions: topic.partitions,
        topicConfiguration: {
          'cleanup.policy': [topic.cleanupPolicy],
          ...(!forEver && { 'retention.ms': topic.retentionMs }),
          'max.message.bytes': topic.maxMessageBytes,
        },
        bindingVersion,
      },
    },
  };
}

/** Types of the events in a topic: that of posting requests has its target in its name. */
function typesIn(topic: TopicDefinition): string[] {
  return definitions.filter(({ topic: name }) => (name ?? `postings.${target}.v1`) === topic.name).map(({ type }) => type);
}

function messageOf(type: string): object {
  const record = definitions.find((definition) => definition.type === type)?.record;
  return {
    name: type,
    contentType: record === undefined ? 'application/json' : 'application/vnd.confluent.avro',
    traits: [{ $ref: '#/components/messageTraits/headers' }],
    payload:
      record === undefined ? { type: 'object', description: 'The body as Stripe sent it.' } : { $ref: `#/components/schemas/${record}` },
  };
}

function headersSchema(): object {
  const catalogue = Object.entries(headerCatalogue as Readonly<Record<string, HeaderDefinition>>);
  const named = catalogue.map(([key, header]) => ({ ...header, name: (headers as Readonly<Record<string, string>>)[key] as string }));
  return {
    type: 'object',
    required: named.filter(({ on }) => on === 'every').map(({ name }) => name),
    properties: Object.fromEntries(named.map(({ name, description }) => [name, { type: 'string', description }])),
  };
}

const idOf = (topic: string): string => topic.replace(target, 'target');
const fullName = (record: AvroRecord): string => `${record.namespace}.${record.name}`;
