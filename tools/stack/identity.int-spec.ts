import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, identityFolder, processesMarked, workspaceRoot } from '@tributary/local-stack';
import { defaultPorts, portVariable } from '#doctor/ports.mjs';
import { marker } from './orphans.js';

/** The stack of `npm start` as a stranger, a script and its owner meet it: one start for all of it. */
const start = ['start', '--detach', '--no-demo', '--targets', 'kinetic-main'];
let state: string;
let env: NodeJS.ProcessEnv;
let ports: Record<keyof typeof defaultPorts, number>;
let started: string;

beforeAll(async () => {
  for (const build of ['tools/build.mjs', 'tools/build-page.mjs']) execFileSync(process.execPath, [build], { cwd: workspaceRoot });
  state = mkdtempSync(join(tmpdir(), 'tributary-identity-'));
  const names = Object.keys(defaultPorts) as (keyof typeof defaultPorts)[];
  const free = await freePorts(names.length);
  ports = Object.fromEntries(names.map((name, index) => [name, free[index] as number])) as typeof ports;
  env = { ...process.env, NODE_ENV: '', TRIBUTARY_STATE_DIR: state, TRIBUTARY_TOKEN: '', TRIBUTARY_TOKEN_FILE: '' };
  for (const name of names) env[portVariable(name)] = String(ports[name]);
  started = await run('stack/cli.js', ...start);
});
afterAll(async () => {
  await run('stack/cli.js', 'reset');
  rmSync(state, { recursive: true, force: true });
});

async function run(program: string, ...args: string[]): Promise<string> {
  const command = [join(workspaceRoot, 'tools/dist', program), ...args];
  try {
    return (await promisify(execFile)(process.execPath, command, { env, timeout: 200_000 })).stdout;
  } catch (error) {
    const failed = error as Error & { stdout?: string };
    failed.message += `\n${failed.stdout ?? ''}`; // a command says on stdout why it failed
    throw failed;
  }
}

const tributary = async (...args: string[]): Promise<string> => (await run('tributary/cli.js', ...args)).trim();
const file = (name: string): string => readFileSync(join(identityFolder(state), name), 'utf8').trim();

type Api = 'recon' | 'erp-sink' | 'erp-sink-stripe' | 'transform' | 'console';
function ask(api: Api, path: string, token?: string, body?: unknown): Promise<Response> {
  return fetch(`http://127.0.0.1:${ports[api]}${path}`, {
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
}
const refusal = async (answer: Response): Promise<unknown> => [answer.status, ((await answer.json()) as { error: string }).error];

const reads: readonly (readonly [Api, string])[] = [
  ['recon', '/counts'],
  ['recon', '/overview'],
  ['recon', '/dead-letters'],
  ['erp-sink', '/postings'],
  ['erp-sink-stripe', '/batches'],
  ['console', '/api/counts'],
];

it('answers nobody without a token, on every port', async () => {
  for (const [api, path] of reads) expect([api, path, await refusal(await ask(api, path))]).toEqual([api, path, [401, 'identity.missing']]);
  expect(await refusal(await ask('transform', '/translations', undefined, {}))).toEqual([401, 'identity.missing']);
  expect(await refusal(await ask('recon', '/counts', 'a.forged.token'))).toEqual([401, 'identity.invalid']);
});

it('lets the token of scripts read, and order nothing', async () => {
  const token = await tributary('token');
  for (const [api, path] of reads) expect([api, path, (await ask(api, path, token)).status]).toEqual([api, path, 200]);
  const order = { action: 'skip', scope: 'one', ids: ['x'], reason: 'none' };
  expect(await refusal(await ask('recon', '/dead-letter-orders', token, order))).toEqual([403, 'identity.forbidden']);
  expect(await refusal(await ask('transform', '/translations', token, {}))).toEqual([403, 'identity.forbidden']);
});

it('works for its owner as before: status and the command line find the token by themselves', async () => {
  expect(JSON.parse(await run('stack/cli.js', 'status', '--json'))).toMatchObject({ ready: true, counts: { accepted: 0 } });
  expect(await tributary('dlq', 'causes')).toBe('No open dead letters.');
});

it('keeps keys and tokens for their owner only', () => {
  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
  expect(mode(identityFolder(state))).toBe('700');
  const files = readdirSync(identityFolder(state));
  expect(files.length).toBeGreaterThan(5);
  for (const name of files) expect([name, mode(join(identityFolder(state), name))]).toEqual([name, '600']);
});

const codeIn = (text: string): string => /\/sign-in\/link#([\w-]{20,})/.exec(text)?.[1] ?? 'no link';
const signInWith = (code: string): Promise<Response> => ask('console', '/identity/sign-in/link', undefined, { code });

it('prints a link at its start that signs a browser in once, and not twice', async () => {
  const answer = await signInWith(codeIn(started));
  expect(answer.status).toBe(204);
  const [cookie = ''] = answer.headers.getSetCookie();
  const session = { headers: { cookie: cookie.split(';')[0] as string } };
  const me = (await (await fetch(`http://127.0.0.1:${ports.console}/identity/me`, session)).json()) as { person: { subject: string } };
  expect(me.person.subject).toBe('person:local-admin');
  expect((await fetch(`http://127.0.0.1:${ports.console}/api/counts`, session)).status).toBe(200);
  expect(await refusal(await signInWith(codeIn(started)))).toEqual([401, 'identity.link-refused']);
});

it('prints another link when it is asked, which ends the one before', async () => {
  const [first, second] = [await tributary('sign-in'), await tributary('sign-in')];
  expect(await refusal(await signInWith(codeIn(first)))).toEqual([401, 'identity.link-refused']);
  expect((await signInWith(codeIn(second))).status).toBe(204);
});

it('shows no secret in a log, in the state of the stack or on a command line', () => {
  const privateKeys = readdirSync(identityFolder(state))
    .filter((name) => name.endsWith('.key.json'))
    .map((name) => (JSON.parse(file(name)) as { d: string }).d);
  const secrets = [
    ...privateKeys,
    file('token').split('.')[2] as string,
    codeIn(started),
    ...`${file('fact-seal-keys')},${file('payload-keys')}`.split(/[,=]/).filter((part) => part.length > 30),
  ];
  expect(secrets.every((secret) => secret.length > 20)).toBe(true);
  const texts = [join(state, 'logs'), join(state, 'run')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const processes = processesMarked(marker, state).map(({ pid }) => `/proc/${pid}/cmdline`);
  expect(texts.length).toBeGreaterThan(8);
  expect(processes.length).toBeGreaterThan(8);
  for (const path of [...texts, ...processes]) {
    const text = readFileSync(path, 'utf8');
    expect([path, secrets.filter((secret) => text.includes(secret))]).toEqual([path, []]);
  }
  // Nor in what a process was given: files are named there.
  for (const path of processes.map((cmdline) => cmdline.replace('cmdline', 'environ'))) {
    const text = readFileSync(path, 'utf8');
    expect([path, secrets.filter((secret) => text.includes(secret))]).toEqual([path, []]);
  }
});

it('adds a person with a link of their own, shows them, changes their roles and locks them out', async () => {
  const [said = '', link = ''] = (
    await tributary('people', 'add', 'Accounts', '--login', 'accounts', '--role', 'accountant@kinetic-main')
  ).split('\n');
  const id = said.split(' ', 1)[0] as string;
  expect((await signInWith(codeIn(link))).status).toBe(204);
  expect(await tributary('people', 'list')).toMatch(new RegExp(`${id} +Accounts +accounts +accountant@kinetic-main`));
  expect(await tributary('people', 'grant', id, '--role', 'viewer')).toContain(`${id} has now: viewer.`);
  expect(await tributary('people', 'lock', id)).toContain('is locked out');
  await expect(tributary('people', 'link', id)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('identity.person-unknown') as unknown,
  });
});

it('makes a token that may do what is said, lists it without showing it, and withdraws it', async () => {
  const token = await tributary('tokens', 'make', 'a report', '--scope', 'payments.read', '--days', '2');
  expect((await ask('recon', '/counts', token)).status).toBe(200);
  expect(await refusal(await ask('erp-sink', '/postings', token))).toEqual([403, 'identity.forbidden']);
  const list = await tributary('tokens', 'list');
  expect(list).toContain('a report');
  expect(list).not.toContain(token.split('.')[2]);
  const [{ id }] = JSON.parse(await tributary('tokens', 'list', '--json')) as [{ id: string }];
  expect(await tributary('tokens', 'withdraw', id)).toContain(`${id} is withdrawn`);
  expect(await eventuallyRefused('recon', '/counts', token)).toEqual([401, 'identity.withdrawn']);
});

it('refuses a token everywhere within seconds after it was withdrawn', async () => {
  const owner = file('token');
  const made = await ask('console', '/identity/tokens', owner, { name: 'a script', scope: ['payments.read', 'ledger.read'], days: 1 });
  const { id, token } = (await made.json()) as { id: string; token: string };
  const apis = [
    ['recon', '/counts'],
    ['erp-sink', '/postings'],
    ['console', '/api/counts'],
  ] as const;
  for (const [api, path] of apis) expect([api, (await ask(api, path, token)).status]).toEqual([api, 200]);
  const withdrawn = await fetch(`http://127.0.0.1:${ports.console}/identity/tokens/${id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${owner}` },
  });
  expect(withdrawn.status).toBe(204);
  for (const [api, path] of apis) expect([api, await eventuallyRefused(api, path, token)]).toEqual([api, [401, 'identity.withdrawn']]);
});

async function eventuallyRefused(api: Api, path: string, token: string): Promise<unknown> {
  const deadline = Date.now() + 30_000; // asked every five seconds
  for (;;) {
    const answer = await ask(api, path, token);
    if (answer.status !== 200) return refusal(answer);
    if (Date.now() > deadline) return 'still answered';
    await answer.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

it('keeps its keys over a restart, so that tokens stay good', async () => {
  const [token, key] = [file('token'), file('console.key.json')];
  await run('stack/cli.js', 'stop');
  await run('stack/cli.js', ...start);
  expect([file('token'), file('console.key.json')]).toEqual([token, key]);
  expect((await ask('recon', '/counts', token)).status).toBe(200);
});
