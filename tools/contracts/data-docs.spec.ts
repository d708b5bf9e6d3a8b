import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { events, topicCatalogue } from '@tributary/contracts';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import avsc from 'avsc';
import type { Schema } from 'avsc';
import { parse } from 'yaml';
import { languageIn } from './history.js';
import { renderAsyncApi } from './render-asyncapi.js';
import { renderDataContracts } from './render-data-contracts.js';
import { renderDecimals } from './render-decimals.js';
import { root } from './workspace.js';

const { Type } = avsc;
const require = createRequire(import.meta.url);
const language = languageIn(join(root, 'libs/contracts'));
const asyncApi = renderAsyncApi(language);
const contracts = renderDataContracts(language);

interface Described {
  readonly channels: Readonly<Record<string, { readonly address: string; readonly messages: Readonly<Record<string, object>> }>>;
  readonly components: {
    readonly messages: Readonly<Record<string, object>>;
    readonly schemas: Readonly<Record<string, { readonly schema: Schema }>>;
  };
}
const isAsyncApi = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(
  require('@asyncapi/specs/schemas/3.1.0-without-$id.json') as object,
);

/** What is wrong with a document: by the schema that AsyncAPI publishes, a reference to nothing, a record that no Avro reader takes. */
function problemsOf(document: Described): string[] {
  const ofSchema = isAsyncApi(document) ? [] : (isAsyncApi.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const lost = [...JSON.stringify(document).matchAll(/"\$ref":"#([^"]+)"/g)]
    .map(([, pointer = '']) => pointer)
    .filter(
      (pointer) =>
        pointer
          .split('/')
          .slice(1)
          .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document) === undefined,
    );
  const unreadable = Object.entries(document.components.schemas).flatMap(([name, { schema }]) => {
    try {
      return Type.forSchema(structuredClone(schema)) && [];
    } catch (error) {
      return [`${name}: ${(error as Error).message}`];
    }
  });
  return [...ofSchema, ...lost, ...unreadable];
}

it('describes the topics as AsyncAPI asks for it, every event and record included', () => {
  const document = parse(asyncApi) as Described;
  expect(problemsOf(document)).toEqual([]);
  const { channels, components } = document;
  expect(Object.values(channels).map(({ address }) => address)).toEqual(topicCatalogue({ targets: ['{target}'] }).map(({ name }) => name));
  const types = Object.values(events).map(({ type }) => type);
  expect(Object.keys(components.messages).sort()).toEqual([...types].sort());
  expect(
    Object.values(channels)
      .flatMap(({ messages }) => Object.keys(messages))
      .sort(),
  ).toEqual([...types].sort());
});

it.each([
  ['a message that is nowhere', '#/components/messages/ar.refund-created', '#/components/messages/ar.refund-lost'],
  ['a record that is no Avro', 'type: record', 'type: record-of-what'],
  ['an action that there is not', 'action: send', 'action: publish'],
  ['a retention that is no number', 'retention.ms: 3456000000', 'retention.ms: long'],
])('would not be accepted with %s', (_what, text, wrong) => {
  expect(asyncApi).toContain(text);
  expect(problemsOf(parse(asyncApi.replace(text, wrong)) as Described)).not.toEqual([]);
});

// The file is schema/odcs-json-schema-v3.1.0.json of bitol-io/open-data-contract-standard, Apache-2.0.
const validate = new Ajv2019({ strict: false, validateFormats: false, allErrors: true }).compile(
  JSON.parse(readFileSync(join(root, 'tools/contracts/odcs-v3.1.0.schema.json'), 'utf8')) as object,
);

it.each([...contracts])('%s is valid for the Open Data Contract Standard', (_path, text) => {
  validate(parse(text));
  expect(validate.errors ?? []).toEqual([]);
});

it('has a contract with every record of each topic for data teams, and would not pass without its version', () => {
  const read = topicCatalogue({ targets: [] }).filter(({ kind }) => ['canonical', 'outcome', 'reference'].includes(kind));
  const records = [...contracts.values()].map((text) => (parse(text) as { schema: { physicalName: string }[] }).schema);
  expect(records.map((schema) => schema.map(({ physicalName }) => physicalName))).toEqual(
    read.map((topic) => topic.records.map((record) => `${topic.name}-${record}`)),
  );
  const { version: _version, ...rest } = parse([...contracts.values()][0] as string) as Record<string, unknown>;
  expect(validate(rest)).toBe(false);
});

it('says how many decimals an amount has', () => {
  const rows = renderDecimals().trim().split('\n');
  expect(rows).toEqual(expect.arrayContaining(['*,2,2', 'JPY,0,0', 'KWD,3,3', 'ISK,2,0', 'UGX,2,0']));
  expect(rows).toHaveLength(1 + 1 + 15 + 5 + 2);
});
