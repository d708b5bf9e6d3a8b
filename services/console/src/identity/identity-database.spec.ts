import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from '@tributary/persistence';
import { loadConsoleConfig } from '../console.config.js';
import { identityDatabase } from './identity-database.js';

const pem = (name: string): string => join(import.meta.dirname, '../../../../libs/platform/src/testing/certificates', name);
const known = { IDENTITY_KEY: 'a key', IDENTITY_JWKS: 'its public half', DATABASE_URL: 'postgres://console@db.internal/tributary' };
const databaseOf = (env: Record<string, string>): DataSource | undefined => identityDatabase(loadConsoleConfig({ ...known, ...env }));

it('is refused over plaintext in production, unless another layer protects it', () => {
  const prod = { TRIBUTARY_ENVIRONMENT: 'prod' };
  expect(() => databaseOf(prod)).toThrow(
    'the connection to postgresql is not protected, in production: add sslmode=verify-full to DATABASE_URL',
  );
  expect(() => databaseOf({ ...prod, ALLOW_PLAINTEXT: 'kafka' })).toThrow('postgresql');
  expect(databaseOf({ ...prod, ALLOW_PLAINTEXT: 'kafka,postgresql' })).toBeDefined();
  expect(databaseOf({ ...prod, DATABASE_URL: `${known.DATABASE_URL}?sslmode=verify-full` })).toBeDefined();
  expect(databaseOf({})).toBeDefined();
});

it('trusts, shows and says what the files of the connection hold', () => {
  const folder = mkdtempSync(join(tmpdir(), 'console-'));
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'of the console\n');
  const database = databaseOf({
    DATABASE_CA_FILE: pem('ca.pem'),
    DATABASE_CLIENT_CERT_FILE: pem('client-one.pem'),
    DATABASE_CLIENT_KEY_FILE: pem('client-one.key.pem'),
    DATABASE_PASSWORD_FILE: passwordFile,
  });
  const { ssl } = database?.options.extra as {
    readonly ssl: { readonly ca: readonly string[]; readonly cert: string; readonly key: string; readonly rejectUnauthorized: boolean };
  };
  const { Pool } = (database?.options as { readonly driver: PostgresDriver }).driver;
  const { Client } = new Pool({}) as unknown as { readonly Client: new () => { readonly password: string } };
  const authority = readFileSync(pem('ca.pem'), 'utf8').trim();
  expect(ssl.ca.some((certificate) => certificate.trim() === authority)).toBe(true);
  expect([ssl.cert, ssl.key]).toEqual([readFileSync(pem('client-one.pem'), 'utf8'), readFileSync(pem('client-one.key.pem'), 'utf8')]);
  expect([ssl.rejectUnauthorized, new Client().password]).toEqual([true, 'of the console']);
  rmSync(folder, { recursive: true });
});

it('is none where the console knows nobody', () => {
  expect(identityDatabase(loadConsoleConfig({ TRIBUTARY_ENVIRONMENT: 'prod', DATABASE_URL: known.DATABASE_URL }))).toBeUndefined();
});
