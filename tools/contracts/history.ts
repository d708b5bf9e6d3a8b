import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fullNameOf, recordsByTopic, selfContained } from '@tributary/contracts';
import type { AvroRecord } from '@tributary/contracts';
import { incompatibilities } from './compatibility.js';
import type { HistoricSchema } from './compatibility.js';
import { readLanguage } from './language.js';
import type { Language } from './language.js';

/** The language in the schema files below `contracts` (libs/contracts). */
export function languageIn(contracts: string): Language {
  const schemas = join(contracts, 'schemas');
  const paths = globSync('*/*.avsc', { cwd: schemas });
  return readLanguage(paths.map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(schemas, path), 'utf8') })));
}

/** Every record that travels as a message, as one schema without references. */
export function messageSchemas(language: Language): AvroRecord[] {
  const names = new Set([...recordsByTopic({ targets: ['any'] }).values()].flat());
  return [...names].sort().map((name) => selfContained(name, Object.fromEntries(language)));
}

/** The committed versions of a record, oldest first. */
export function historyOf(contracts: string, record: AvroRecord): HistoricSchema[] {
  const folder = join(contracts, 'history', record.name);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^\d+\.avsc$/.test(file))
    .map((file) => ({ version: Number.parseInt(file, 10), schema: JSON.parse(readFileSync(join(folder, file), 'utf8')) as AvroRecord }))
    .sort((one, other) => one.version - other.version);
}

/** What stands between a schema and its release. */
export interface Findings {
  /** Compatibility is broken: not to be accepted. */
  readonly incompatible: readonly string[];
  /** Differs from the newest committed version: to be accepted as the next one. */
  readonly unaccepted: readonly AvroRecord[];
}

/** Compares every message schema with its committed history. */
export function examineHistory(contracts: string, schemas: readonly AvroRecord[]): Findings {
  const incompatible: string[] = [];
  const unaccepted: AvroRecord[] = [];
  for (const schema of schemas) {
    const history = historyOf(contracts, schema);
    incompatible.push(...incompatibilities(schema, history));
    const newest = history.at(-1)?.schema;
    if (!newest || JSON.stringify(newest) !== JSON.stringify(schema)) unaccepted.push(schema);
  }
  return { incompatible, unaccepted };
}

/** One line per schema that is not in the history, saying what to run. */
export function unacceptedText(schemas: readonly AvroRecord[]): string[] {
  return schemas.map(
    (schema) =>
      `${fullNameOf(schema)} differs from its newest version in libs/contracts/history: run \`npm run contracts:generate -- --accept\` and commit it`,
  );
}

/** Writes the next version of each schema into the history. Returns the paths below `contracts`. */
export function accept(contracts: string, schemas: readonly AvroRecord[]): string[] {
  return schemas.map((schema) => {
    const next = (historyOf(contracts, schema).at(-1)?.version ?? 0) + 1;
    const path = join('history', schema.name, `${next}.avsc`);
    mkdirSync(join(contracts, 'history', schema.name), { recursive: true });
    writeFileSync(join(contracts, path), fieldPerLine(schema));
    return path;
  });
}

/** JSON with one line a field: what a version changed is seen in a diff. */
function fieldPerLine({ fields, ...head }: AvroRecord): string {
  const start = JSON.stringify(head).slice(0, -1);
  return `${start},"fields":[\n${fields.map((field) => JSON.stringify(field)).join(',\n')}\n]}\n`;
}
