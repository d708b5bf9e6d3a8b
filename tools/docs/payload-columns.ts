import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../contracts/workspace.js';
import { storedColumns } from './stored-columns.js';
import type { Columns } from './stored-columns.js';

const text = z.string().min(1);
const file = z.strictObject({
  reasons: z.record(text, text),
  tables: z.record(text, z.record(text, z.array(text).min(1))),
});

/** tools/docs/payload-columns.yaml: per table, name of the reason -> columns. */
export type PayloadColumns = z.infer<typeof file>;

/** @throws {Error} naming the place of what does not fit. */
export function readPayloadColumns(yaml: string): PayloadColumns {
  return file.parse(parse(yaml));
}

/** What tools/docs/retention.yaml says about tables. */
export interface Kept {
  readonly tables: Readonly<Record<string, { readonly personal: string }>>;
}

/** What there is: columns of texts and bytes, and which of them are encrypted. */
export interface StoredPayloads {
  readonly all: Columns;
  readonly encrypted: Columns;
}

/** What is wrong: a column of a table with something personal that is neither encrypted nor listed, or listed in vain. One sentence each. */
export function wrongPayloadColumns({ reasons, tables }: PayloadColumns, { tables: kept }: Kept, stored: StoredPayloads): string[] {
  const wrong: string[] = [];
  for (const [table, columns] of stored.all) {
    if ((kept[table]?.personal ?? 'none') === 'none') continue;
    const listed = new Set(Object.values(tables[table] ?? {}).flat());
    const encrypted = stored.encrypted.get(table) ?? new Set();
    for (const column of columns) {
      if (!encrypted.has(column) && !listed.has(column)) wrong.push(`${table}.${column} is neither encrypted nor listed with a reason`);
      if (encrypted.has(column) && listed.has(column)) wrong.push(`${table}.${column} is encrypted, and listed as if it were not`);
    }
  }
  for (const [table, groups] of Object.entries(tables))
    for (const [reason, columns] of Object.entries(groups)) {
      if (reasons[reason] === undefined) wrong.push(`${table}: there is no reason "${reason}"`);
      wrong.push(
        ...columns.filter((column) => !stored.all.get(table)?.has(column)).map((column) => `there is no column ${table}.${column}`),
      );
    }
  return wrong;
}

/** The part of docs/retention.md about encryption. @throws {Error} listing every column that is wrong. */
export function renderPayloadColumns(retention: Kept): string {
  const listed = readPayloadColumns(readFileSync(join(root, 'tools/docs/payload-columns.yaml'), 'utf8'));
  const stored = storedColumns();
  const wrong = wrongPayloadColumns(listed, retention, stored);
  if (wrong.length > 0) throw new Error(`tools/docs/payload-columns.yaml: ${wrong.join('; ')}`);
  const names = (columns: Iterable<string>): string => [...columns].map((column) => `\`${column}\``).join(', ');
  const encrypted = [...stored.encrypted].sort().map(([table, columns]) => `| ${table} | ${names(columns)} |`);
  const plain = Object.entries(listed.tables).flatMap(([table, groups]) =>
    Object.entries(groups).map(([reason, columns]) => `| ${table} | ${names(columns)} | ${listed.reasons[reason]} |`),
  );
  return `## Encrypted columns

Encrypted by the services with \`PAYLOAD_KEYS\` ([ADR 0052](adr/0052-stored-payloads-are-encrypted.md)); PostgreSQL, its backups and replicas have no key.

| table | columns |
| --- | --- |
${encrypted.join('\n')}

Other columns of texts and bytes in tables with something personal, and why they are not encrypted:

| table | columns | why |
| --- | --- | --- |
${plain.join('\n')}
`;
}
