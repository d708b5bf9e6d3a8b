import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { secretSource } from '../secret-source.js';
import { secretVariables } from '../secret-variables.js';
import { schemaVersionOf, serviceSettings } from './service-settings.js';

const schema = z.object({
  HTTP_PORT: z.coerce.number().default(4040).describe('port'),
  RETENTION_DAYS: z.coerce.number().default(400).describe('days after which it is deleted'),
  CALLS_PER_SECOND: z.coerce.number().default(10).describe('calls in a second'),
  NAME: z.string().default('x').describe('a name'),
  ...secretVariables('ONE_KEY', 'key of one'),
  ...secretVariables('TWO_KEY', 'key of two'),
  ...secretVariables('THREE_KEY', 'key of three'),
});
const about = {
  ...{ service: 'recon', build: { version: '1.2.3', commit: null, licence: 'Apache-2.0' }, schemaVersion: '0012 Search' },
  startedAt: '2026-11-21T06:00:00.000Z',
};

it('tells limits with their values, and secrets by reference: never what they are', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'one');
  writeFileSync(file, 'a-very-secret-value');
  const env = { ONE_KEY_FILE: file, TWO_KEY: 'another-secret-value', RETENTION_DAYS: '30' };
  const before = Date.now();
  secretSource('ONE_KEY', { file });
  const told = serviceSettings(
    schema,
    schema.parse(env),
    { ...about, fixedLimits: [{ name: 'rows of a file', value: '7', text: 'rows' }] },
    env,
  );
  expect(told.limits).toEqual([
    { name: 'RETENTION_DAYS', value: '30', text: 'days after which it is deleted', isDefault: false },
    { name: 'CALLS_PER_SECOND', value: '10', text: 'calls in a second', isDefault: true },
    { name: 'rows of a file', value: '7', text: 'rows', isDefault: true },
  ]);
  expect(told.secrets.map(({ name, from }) => [name, from])).toEqual([
    ['ONE_KEY', 'file'],
    ['TWO_KEY', 'environment'],
    ['THREE_KEY', 'not set'],
  ]);
  expect(Date.parse(told.secrets[0]?.readAt ?? '')).toBeGreaterThanOrEqual(before);
  expect(JSON.stringify(told)).not.toMatch(/secret-value/);
});

it('tells when a file that holds a secret was read last, and not when it was only asked for', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'secret-')), 'two');
  writeFileSync(file, 'first');
  const source = secretSource('TWO_KEY', { file });
  const readAt = (): string | null => serviceSettings(schema, {}, about, {}).secrets[1]?.readAt ?? null;
  const first = readAt();
  await new Promise((resolve) => setTimeout(resolve, 5));
  source();
  expect(readAt()).toBe(first);
  writeFileSync(file, 'second, and longer');
  expect(source()).toBe('second, and longer');
  expect(readAt()).not.toBe(first);
});

it.each([
  [[{ name: 'Tables1700000000001' }, { name: 'Search1700000000012' }], '0012 Search'],
  [[{ name: 'Odd' }], 'Odd'],
  [[], null],
])('names the version of tables made by %j', (migrations, version) => {
  expect(schemaVersionOf(migrations)).toBe(version);
});
