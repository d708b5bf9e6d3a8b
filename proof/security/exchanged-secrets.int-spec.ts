import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { postingKey } from '@tributary/domain';
import { workspaceRoot } from '@tributary/local-stack';
import { databaseAccess } from '@tributary/persistence';
import { databaseFilesOf, describeConfig, registryFetchOf } from '@tributary/platform';
import { connectorFor } from '@tributary/target-registry';

/**
 * Every secret that a service or connector is configured with, exchanged in its file while the process runs: the next call uses the new one. The
 * secrets are those of the configuration schemas, so one that is added turns this red until it stands in a table.
 */
type Environment = Readonly<Record<string, string>>;
/** Calls once with the secret of an environment. @returns everything that the other side is told. */
type Use = (env: Environment) => Promise<() => Promise<string>>;

const folder = mkdtempSync(join(tmpdir(), 'exchanged-secrets-'));
let server: Server;
let url: string;
/** What the server was told since the last call, with what Basic authentication hides made readable. */
let told: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const basic = Buffer.from(request.headers.authorization?.replace(/^Basic /, '') ?? '', 'base64').toString();
      told.push(JSON.stringify(request.headers), basic, Buffer.concat(chunks).toString());
      response.writeHead(401, { 'content-type': 'application/json' }).end('{"error":{"type":"authentication_error","message":"no"}}');
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  rmSync(folder, { recursive: true, force: true });
});

/** A target that refuses every login: what it was told is the point. */
function target(kind: string, variables: () => Environment, document = 'customer'): Use {
  return (env) => {
    const connector = connectorFor(kind, { ...variables(), ...env });
    const key = postingKey({ target: 'any', kind: document, sourceId: 'cus_1', part: 'customer' });
    return Promise.resolve(async () => {
      told = [];
      await connector.find(key, document, AbortSignal.timeout(10_000)).catch(() => undefined);
      return told.join('\n');
    });
  };
}
const kinetic = (): Environment => ({ KINETIC_URL: `${url}/kinetic`, KINETIC_COMPANY: 'EPIC06', KINETIC_USER: 'tributary' });
const sl = (): Environment => ({ SL_URL: `${url}/sl`, SL_COMPANY: '0060', SL_USER: 'tributary' });
const overSoap = (): Environment => ({ ...sl(), SL_PASSWORD: 'any', SL_DOORS: 'soap' });
const p21 = (): Environment => ({ P21_URL: url, P21_COMPANY: 'ACME' });
const rest = (): Environment => ({ REST_URL: url });

const used: Readonly<Record<string, Use>> = {
  DATABASE_URL: (env) => {
    const access = databaseAccess(env.DATABASE_URL, databaseFilesOf(env));
    return Promise.resolve(() => Promise.resolve(access.connectionUrl()));
  },
  SCHEMA_REGISTRY_PASSWORD: (env) => {
    const send = registryFetchOf({ SCHEMA_REGISTRY_URL: url, SCHEMA_REGISTRY_USERNAME: 'recon', ...env });
    return Promise.resolve(async () => {
      told = [];
      await send(`${url}/subjects`);
      return told.join('\n');
    });
  },
  STRIPE_API_KEY: target('stripe', () => ({ STRIPE_API_URL: url }), 'metadata'),
  KINETIC_PASSWORD: target('epicor-kinetic', () => ({ ...kinetic(), KINETIC_API_KEY: 'any' })),
  KINETIC_API_KEY: target('epicor-kinetic', () => ({ ...kinetic(), KINETIC_PASSWORD: 'any' })),
  SL_PASSWORD: target('dynamics-sl', sl),
  SL_SITE_KEY: target('dynamics-sl', overSoap),
  SL_LICENCE_KEY: target('dynamics-sl', overSoap),
  P21_PASSWORD: target('prophet21', () => ({ ...p21(), P21_USER: 'tributary' })),
  P21_CONSUMER_KEY: target('prophet21', p21),
  REST_SECRET: target('rest', rest),
  ERP_OAUTH_CLIENT_SECRET: target('rest', () => ({ ...rest(), ERP_OAUTH_TOKEN_URL: `${url}/token`, ERP_OAUTH_CLIENT_ID: 'tributary' })),
};

/** Exchanged in specs of their own, where what uses them is at hand. */
const shownElsewhere: Readonly<Record<string, readonly [file: string, test: string]>> = {
  STRIPE_ENDPOINTS: ['services/ingest/src/accept/rotation.spec.ts', 'takes secrets from its file as they are now, without a restart'],
  KAFKA_PASSWORD: [
    'libs/messaging/src/kafka/protected-kafka.int-spec.ts',
    'takes a password that was changed in its file for the next connection',
  ],
  FACT_SEAL_KEYS: [
    'libs/platform/src/seals/fact-seals.spec.ts',
    'takes over new keys while it runs, and keeps the old ones when the new cannot be read',
  ],
  SERVICE_KEY: [
    'libs/platform/src/identity/service-identity.spec.ts',
    'says who it is with a token of its own, made anew at half of its life and with a new key',
  ],
  IDENTITY_JWKS: [
    'libs/platform/src/identity/service-identity.spec.ts',
    'reads its keys again when their file changes, and keeps them while it is half-written',
  ],
  PAYLOAD_KEYS: [
    'libs/persistence/src/payloads/payload-cipher.spec.ts',
    'takes over keys that change while it runs: the first encrypts, each decrypts, and a new id is read at once',
  ],
  IDENTITY_KEY: ['services/console/src/identity/exchanged-secrets.spec.ts', 'signs with the key that is in IDENTITY_KEY_FILE now'],
  OIDC_CLIENT_SECRET: [
    'services/console/src/identity/exchanged-secrets.spec.ts',
    'signs in at the provider with the secret that is in OIDC_CLIENT_SECRET_FILE now',
  ],
  ERP_PROXY_URL: [
    'libs/platform/src/outbound/outbound-connection.int-spec.ts',
    'takes the proxy and its password from the file as it is now, and keeps the one before while the file is half-written',
  ],
  DATABASE_PASSWORD: [
    'libs/persistence/src/protected-database.int-spec.ts',
    'takes a password that was changed in its file for the next connection',
  ],
};

/** Secrets of the routes of notifications: their files are named by a file, not by a variable (docs/how-to/notifications.md). */
const ofRoutes: Readonly<Record<string, readonly [file: string, test: string]>> = {
  secretFile: [
    'services/recon/src/notifications/emit/exchanged-secrets.spec.ts',
    'signs a webhook with the secret that is in secretFile now',
  ],
  passwordFile: [
    'services/recon/src/notifications/emit/exchanged-secrets.spec.ts',
    'signs in at the mail server with the password that is in passwordFile now',
  ],
};

/** Not exchanged while a process runs, and why that is no loss. */
const readOnce: Readonly<Record<string, string>> = {
  DATABASE_MIGRATION_URL: 'it is used at the start only, to apply migrations, and read anew at each start',
  DATABASE_MIGRATION_PASSWORD: 'as DATABASE_MIGRATION_URL',
  REBUILD_TOKEN: 'it is shown to a program that ends when the ledger is rebuilt',
  REBUILD_APPROVAL_TOKEN: 'as REBUILD_TOKEN',
  SET_UP_CODE: 'it is used once, for the first person, and is worth nothing afterwards',
};

/** As {@link readOnce}, of the routes: `caFile` holds no secret. */
const readOnceOfRoutes: readonly string[] = ['urlFile', 'caFile'];

async function secretsOfSchemas(): Promise<readonly string[]> {
  const files = globSync(
    ['services/*/src/**/*.config.ts', 'libs/connectors/*/src/**/*.config.ts', 'libs/platform/src/outbound/*.config.ts'],
    {
      cwd: workspaceRoot,
    },
  );
  const found = new Set<string>();
  for (const file of files) {
    const exported = (await import(pathToFileURL(join(workspaceRoot, file)).href)) as Record<string, unknown>;
    for (const [name, schema] of Object.entries(exported)) {
      if (!name.endsWith('Environment')) continue;
      const variables = describeConfig(schema as Parameters<typeof describeConfig>[0]);
      for (const { name: variable, secret, description } of variables) {
        if (secret) found.add(variable);
        // A file that holds one secret; authorities and certificates have a file and no variable.
        if (variable.endsWith('_FILE') && /^file (?:that holds|with the password)/.test(description)) found.add(variable.slice(0, -5));
      }
    }
  }
  return [...found].sort();
}

it('knows of every secret of the configuration how it is exchanged', async () => {
  const secrets = await secretsOfSchemas();
  expect(secrets.length).toBeGreaterThan(20);
  expect([...Object.keys(used), ...Object.keys(shownElsewhere), ...Object.keys(readOnce)].sort()).toEqual(secrets);
});

it.each(Object.entries(used))('uses %s as its file holds it now', async (name, use) => {
  const file = join(folder, name);
  const secretOf = (text: string): string => (name === 'DATABASE_URL' ? `postgres://recon:${text}@127.0.0.1/ledger` : text);
  writeFileSync(file, secretOf('of-yesterday'));
  const call = await use({ [`${name}_FILE`]: file });
  const before = await call();
  expect(before).toContain('of-yesterday');
  writeFileSync(file, secretOf('of-today'));
  const after = await call();
  expect(after).toContain('of-today');
  expect(after).not.toContain('of-yesterday');
});

it('knows of every file that a route of notifications names how it is exchanged', () => {
  const file = readFileSync(join(workspaceRoot, 'services/recon/src/notifications/decide/notification-file.ts'), 'utf8');
  const named = [...new Set([...file.matchAll(/^ {4}(\w+File): file/gm)].map(([, name]) => name))].sort();
  expect([...Object.keys(ofRoutes), ...readOnceOfRoutes].sort()).toEqual(named);
});

it.each([...Object.entries(shownElsewhere), ...Object.entries(ofRoutes)])('%s is exchanged in a test of its own', (_, [file, test]) => {
  expect(readFileSync(join(workspaceRoot, file), 'utf8')).toContain(`'${test}'`);
});
