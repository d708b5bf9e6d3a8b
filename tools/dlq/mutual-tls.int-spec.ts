import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePorts, identityFolder, makeLocalIdentity, serviceIdentity, startStack, workspaceRoot } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';

/** The command line and recon as processes: recon answers over mutual TLS alone, with PostgreSQL and keys, and without a broker. */
const made = (name: string): string => join(workspaceRoot, 'libs/platform/src/testing/certificates/services', name);
const folder = mkdtempSync(join(tmpdir(), 'mutual-tls-'));
const key = join(folder, 'client.key.pem');
let stack: Stack | undefined;
let recon: Child | undefined;
let url: string;

/** Whether a caller with a certificate is told that the process lives. */
function lives(): Promise<boolean> {
  const certificates = { ca: made('ca.pem'), cert: made('client.pem'), key: made('client.key.pem') };
  const [ca, cert, own] = Object.values(certificates).map((file) => execFileSync('cat', [file]));
  return new Promise((resolve) => {
    request(`${url}/live`, { ca, cert, key: own, agent: false }, (answer) => resolve(answer.resume().statusCode === 200))
      .once('error', () => resolve(false))
      .end();
  });
}

beforeAll(async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
  makeLocalIdentity(identityFolder(folder));
  copyFileSync(made('client.key.pem'), key);
  chmodSync(key, 0o600);
  stack = await startStack({ postgres: true });
  const [port = 0, nowhere = 0] = await freePorts(2);
  url = `https://127.0.0.1:${port}`;
  recon = await Child.start({
    name: 'recon',
    command: process.execPath,
    args: [join(workspaceRoot, 'services/recon/dist/main.js')],
    cwd: workspaceRoot,
    env: {
      PATH: process.env.PATH,
      ...{ HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port), TRIBUTARY_ENVIRONMENT: 'test', RECON_TARGETS: 'kinetic-main' },
      ...{
        KINETIC_URL: `http://127.0.0.1:${nowhere}/kinetic`,
        KINETIC_COMPANY: 'EPIC06',
        KINETIC_USER: 'u',
        KINETIC_PASSWORD: 'p',
        KINETIC_API_KEY: 'k',
      },
      ...{ KAFKA_BROKERS: `127.0.0.1:${nowhere}`, SCHEMA_REGISTRY_URL: `http://127.0.0.1:${nowhere}`, DATABASE_URL: stack.databaseUrl },
      HTTP_TLS_CERT_FILE: made('server.pem'),
      HTTP_TLS_KEY_FILE: made('server.key.pem'),
      HTTP_TLS_CLIENT_CA_FILE: made('ca.pem'),
      ...serviceIdentity('recon', { folder: identityFolder(folder) }),
    },
    logFile: join(folder, 'recon.log'),
  });
  await recon.readyWhen(lives, 60_000);
}, 240_000);
afterAll(async () => {
  await recon?.kill9();
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}
/** Types a command, with the token of this person and these variables. */
function type(args: readonly string[], variables: Readonly<Record<string, string>>): Promise<Ran> {
  const env = { PATH: process.env.PATH, TRIBUTARY_STATE_DIR: folder, TRIBUTARY_RECON_URL: url, ...variables };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(workspaceRoot, 'tools/dist/tributary/cli.js'), ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}
const shown = { SERVICE_CA_FILE: made('ca.pem'), SERVICE_CLIENT_CERT_FILE: made('client.pem'), SERVICE_CLIENT_KEY_FILE: key };

it.each<[string, readonly string[], RegExp]>([
  ['log-level', ['log-level', 'recon', 'debug', '--logger', 'kafka', '--reason', 'the spec of TLS'], /kafka\*: debug until /],
  ['notifications', ['notifications', 'list', '--json'], /"notifications":\s*\[/],
  ['dlq', ['dlq', 'list', '--json'], /\[/],
])(
  '%s reaches recon directly with the certificate of a service',
  async (_, args, text) => {
    expect(await type(args, shown)).toEqual({ code: 0, stdout: expect.stringMatching(text) as string, stderr: '' });
  },
  60_000,
);

it.each<[string, Readonly<Record<string, string>>, RegExp]>([
  ['shows none', { SERVICE_CA_FILE: shown.SERVICE_CA_FILE }, /^certificate\.refused: https:\S+ it closed the connection/],
  ['trusts no authority', {}, /^certificate\.untrusted: .*SERVICE_CA_FILE does not name/],
  [
    'names a file that is not there',
    { ...shown, SERVICE_CLIENT_CERT_FILE: '/none.pem' },
    /^certificate\.unusable: SERVICE_CLIENT_CERT_FILE \/none\.pem: cannot be read/,
  ],
  [
    'shows one that has expired',
    { ...shown, SERVICE_CLIENT_CERT_FILE: made('expired.pem') },
    /^certificate\.unusable: .*expired\.pem: expired at 2021/,
  ],
])(
  'says what is wrong when it %s',
  async (_, variables, text) => {
    for (const args of [
      ['log-level', 'recon'],
      ['notifications', 'list'],
      ['dlq', 'list'],
    ])
      expect(await type(args, variables)).toEqual({ code: 1, stdout: '', stderr: expect.stringMatching(text) as string });
  },
  60_000,
);
