import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Services that store payloads open PostgreSQL with the cipher of PAYLOAD_KEYS, which refuses production without keys; elsewhere what they store
 * would be plain text, and what is stored could not be read.
 */
const root = fileURLToPath(new URL('../..', import.meta.url));
/** Files that open a database over which no payload is stored or read. */
const without = [
  'services/console/src/identity/identity-database.ts', // people and sessions
  'services/recon/src/audit/main.ts', // verifies the chain of the audit trail
];

/** Calls that open a database, with whether the cipher is given. */
function openings(text: string): boolean[] {
  return [...text.matchAll(/(?<!function )\b(?:createDataSource|ledgerDatabase)\(/g)].map(({ index, 0: begin }) => {
    const given = text.slice(index + begin.length);
    return /\bpayloads\b|payloadCipherOf\(/.test(given.slice(0, given.search(/\);/)));
  });
}

it('is given wherever a service opens the database that it stores payloads in', () => {
  const files = globSync('services/*/src/**/*.ts', { cwd: root }).filter((file) => !/spec\.ts$|\/testing\//.test(file));
  const found = files.flatMap((file) => openings(readFileSync(join(root, file), 'utf8')).map((isGiven) => ({ file, isGiven })));
  expect(found.filter(({ isGiven }) => isGiven).length).toBeGreaterThanOrEqual(5);
  expect(
    found
      .filter(({ isGiven }) => !isGiven)
      .map(({ file }) => file)
      .sort(),
  ).toEqual(without);
});

it.each([
  ["createDataSource({ url, schema: 'recon', migrations });", [false]],
  ["createDataSource({ url, payloads: payloadCipherOf(config, warn), schema: 'recon' });", [true]],
  ['ledgerDatabase(config.DATABASE_URL, poolSize, databaseFilesOf(config)); const payloads = 1;', [false]],
  ['ledgerDatabase(config.DATABASE_URL, poolSize, databaseFilesOf(config), payloads);', [true]],
])('reads %j', (text, given) => {
  expect(openings(text)).toEqual(given);
});
