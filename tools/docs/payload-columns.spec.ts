import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { readPayloadColumns, wrongPayloadColumns } from './payload-columns.js';
import { readRetention } from './retention.js';
import { columnsIn, encryptedIn, storedColumns } from './stored-columns.js';

const read = (file: string): string => readFileSync(join(root, 'tools/docs', file), 'utf8');
const [listed, retention] = [readPayloadColumns(read('payload-columns.yaml')), readRetention(read('retention.yaml'))];
const sets = (columns: Readonly<Record<string, readonly string[]>>): Map<string, Set<string>> =>
  new Map(Object.entries(columns).map(([table, names]) => [table, new Set(names)]));

it('every column that may hold something of a person is encrypted, or listed with the reason why not', () => {
  expect(wrongPayloadColumns(listed, retention, storedColumns())).toEqual([]);
});

it('finds what is encrypted today', () => {
  const { encrypted } = storedColumns();
  for (const [table, column] of [
    ['recon.dead_letter', 'value'],
    ['recon.dead_letter_order_item', 'edited'],
    ['recon.dead_letter_audit', 'after_value'],
    ['erp_sink.posting', 'request'],
    ['erp_sink.outcome', 'event'],
    ['erp_sink_rebuild.document', 'document'],
    ['erp_sink.ladder_parked', 'value'],
    ['transform.ladder_parked', 'headers'],
  ] as const)
    expect([...(encrypted.get(table) ?? [])]).toContain(column);
});

it('names a column that is in neither, is in both, or is not there, and a reason that is none', () => {
  const table = (personal: string): object => ({ personal, kept: 'x', by: 'x', why: 'x' });
  const kept = { topics: {}, tables: { 'a.b': table('names'), 'a.c': table('none') } } as typeof retention;
  const stored = { all: sets({ 'a.b': ['id', 'name', 'note'], 'a.c': ['note'] }), encrypted: sets({ 'a.b': ['name'] }) };
  const rows = { reasons: { id: 'found by it' }, tables: { 'a.b': { id: ['id', 'name', 'gone'], other: ['id'] } } };
  expect(wrongPayloadColumns(rows, kept, stored)).toEqual([
    'a.b.name is encrypted, and listed as if it were not',
    'a.b.note is neither encrypted nor listed with a reason',
    'there is no column a.b.gone',
    'a.b: there is no reason "other"',
  ]);
});

it.each([
  [
    'create table a.b (id text primary key, n numeric(20,0) not null, "note" jsonb default \'{}\', unique (id, note)); create index x on a.b (id)',
    { 'a.b': ['id', 'note'] },
  ],
  ['create unlogged table if not exists a.b (at timestamptz, value bytea)', { 'a.b': ['value'] }],
  [
    'alter table a.b add column c text, add column if not exists d jsonb, drop column e; alter table a.b add primary key (c)',
    { 'a.b': ['c', 'd'] },
  ],
])('reads the columns of %j', (sql, columns) => {
  expect(columnsIn(sql)).toEqual(sets(columns));
});

it('reads what a table of payloads encrypts', () => {
  const source = "const x = { table: 'a.b', key: ['id'], columns: { c: 'jsonb', d: 'text' } };";
  const shared = "return { table: `${schema}.p`, key, columns: { value: 'bytea' } };";
  expect(encryptedIn(source)).toEqual(sets({ 'a.b': ['c', 'd'] }));
  expect(encryptedIn(shared, 's')).toEqual(sets({ 's.p': ['value'] }));
});
