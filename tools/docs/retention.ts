import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { topicCatalogue, topicsToMake } from '@tributary/contracts';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../contracts/workspace.js';
import { renderPayloadColumns } from './payload-columns.js';
import { storedTables } from './stored-tables.js';

const text = z.string().min(1);
const file = z.strictObject({
  topics: z.record(text, z.strictObject({ personal: text, why: text })),
  tables: z.record(text, z.strictObject({ personal: text, kept: text, by: text, why: text })),
});

/** tools/docs/retention.yaml. */
export type Retention = z.infer<typeof file>;

/** What there is: topics with how long they are kept, and names of tables with their schema. */
export interface Stored {
  readonly topics: ReadonlyMap<string, string>;
  readonly tables: ReadonlySet<string>;
}

/** @throws {Error} naming the place of what does not fit. */
export function readRetention(yaml: string): Retention {
  return file.parse(parse(yaml));
}

/** What is wrong with the rows: something stored without a row, or a row about nothing. One sentence each. */
export function wrongRetention({ topics, tables }: Retention, stored: Stored): string[] {
  return [...differences('topic', topics, new Set(stored.topics.keys())), ...differences('table', tables, stored.tables)];
}

function differences(kind: string, rows: object, names: ReadonlySet<string>): string[] {
  return [
    ...[...names].flatMap((name) => (Object.hasOwn(rows, name) ? [] : [`${kind} ${name} has no row`])),
    ...Object.keys(rows).flatMap((name) => (names.has(name) ? [] : [`there is no ${kind} ${name}`])),
  ];
}

/** Topic -> how long it is kept, as the topics are made; topics of dead letters are one, and those of retries and replays. */
export function storedTopics(): Map<string, string> {
  const targets = ['<target>'];
  const catalogue = new Set(topicCatalogue({ targets }).map(({ name }) => name));
  return new Map(
    topicsToMake({ targets }).map(({ name, config }) => [
      catalogue.has(name) ? name : name.endsWith('.dlq') ? 'dead letters' : 'retries and replays',
      config['cleanup.policy'] === 'compact' ? 'newest of each key' : days(Number(config['retention.ms'])),
    ]),
  );
}

const days = (ms: number): string => (ms < 0 ? 'for ever' : `${ms / 86_400_000} days`);

/** docs/retention.md. @throws {Error} listing every row that is wrong. */
export function renderRetention(): string {
  const retention = readRetention(readFileSync(join(root, 'tools/docs/retention.yaml'), 'utf8'));
  const stored = { topics: storedTopics(), tables: storedTables() };
  const wrong = wrongRetention(retention, stored);
  if (wrong.length > 0) throw new Error(`tools/docs/retention.yaml: ${wrong.join('; ')}`);
  return `${page(retention, stored)}
${renderPayloadColumns(retention)}`;
}

function page({ topics, tables }: Retention, stored: Stored): string {
  const topicRows = Object.entries(topics).map(
    ([name, { personal, why }]) => `| \`${name}\` | ${personal} | ${stored.topics.get(name) ?? ''} | ${why} |`,
  );
  const tableRows = Object.entries(tables).map(
    ([name, { personal, kept, by, why }]) => `| ${name.replace('.', ' | ')} | ${personal} | ${kept} | ${by} | ${why} |`,
  );
  return `# Retention: what is stored, for how long, and why

<!-- Generated from tools/docs/retention.yaml and libs/contracts by \`npm run docs:generate\`. Do not edit. -->

A topic or a table without a row here stops the generation of this page. What is stored of one
customer is erased by \`npm run -s tributary -- erase\` ([how to](how-to/erase-a-customer.md)).

## Topics

Brokers delete what is older; the newest record of each key of a compacted topic stays until a tombstone is written.

| topic | personal data | kept | why |
| --- | --- | --- | --- |
${topicRows.join('\n')}

## Tables

| schema | table | personal data | kept | deleted by | why |
| --- | --- | --- | --- | --- | --- |
${tableRows.join('\n')}
`;
}
