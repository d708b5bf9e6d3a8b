import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { readRetention, storedTopics, wrongRetention } from './retention.js';
import { storedTables, tablesIn } from './stored-tables.js';

const retention = readRetention(readFileSync(join(root, 'tools/docs/retention.yaml'), 'utf8'));

it('has a row for every topic and every table', () => {
  expect(wrongRetention(retention, { topics: storedTopics(), tables: storedTables() })).toEqual([]);
});

it('names what is stored without a row, and a row about nothing', () => {
  const topics = new Map([...storedTopics(), ['new.v1', '40 days']]);
  const tables = new Set([...storedTables(), 'recon.new']);
  tables.delete('recon.payment');
  expect(wrongRetention(retention, { topics, tables })).toEqual([
    'topic new.v1 has no row',
    'table recon.new has no row',
    'there is no table recon.payment',
  ]);
});

it('reads how long topics are kept from what makes them', () => {
  const kept = storedTopics();
  expect(['stripe.events.v1', 'ar.v1', 'xref.customer.v1', 'postings.<target>.v1', 'dead letters'].map((name) => kept.get(name))).toEqual([
    '40 days',
    '400 days',
    'newest of each key',
    '40 days',
    '400 days',
  ]);
});

it('finds the tables of every schema', () => {
  const tables = storedTables();
  for (const name of ['recon.dead_letter', 'erp_sink.posting', 'erp_sink_rebuild.look', 'console.person', 'transform.ladder_parked'])
    expect(tables).toContain(name);
});

it.each([
  ['create table a.b (id text)', ['a.b']],
  ['create unlogged table if not exists a.b (id text); CREATE TABLE a.c (id text)', ['a.b', 'a.c']],
  ['create unique index x on a.b (id)', []],
])('reads %j', (sql, tables) => {
  expect(tablesIn(sql)).toEqual(tables);
});

it('refuses a table of which nobody knows the schema', () => {
  expect(() => tablesIn('create table b (id text)')).toThrow('names no schema');
});
