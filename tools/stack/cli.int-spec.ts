import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, identityOf, isAlive, processesMarked, workspaceRoot } from '@tributary/local-stack';
import type { ProcessIdentity } from '@tributary/local-stack';
import { defaultPorts, portVariable } from '#doctor/ports.mjs';
import { marker } from './orphans.js';
import { readRunState } from './run-file.js';
import type { StackStatus } from './status.js';

/** The commands as a user types them, on Kafka, registry and PostgreSQL, in a state folder and on ports of their own. */
const only = [
  '--no-demo',
  '--without',
  'set-up,emulator-stripe,emulator-epicor-kinetic,ingest,transform,erp-sink,erp-sink-stripe,recon,console',
];
let state: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot }); // the commands run compiled
  state = mkdtempSync(join(tmpdir(), 'tributary-cli-'));
  const names = Object.keys(defaultPorts);
  const ports = await freePorts(names.length);
  env = { ...process.env, NODE_ENV: '', TRIBUTARY_STATE_DIR: state };
  names.forEach((name, index) => (env[portVariable(name)] = String(ports[index])));
});
afterAll(async () => {
  await run('reset');
  rmSync(state, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<{ code: number; output: string }> {
  const command = [join(workspaceRoot, 'tools/dist/stack/cli.js'), ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { env, timeout: 100_000 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}

async function status(): Promise<StackStatus> {
  return JSON.parse((await run('status', '--json')).output) as StackStatus;
}

it('is stopped at first, and says so with its exit code', async () => {
  expect(await run('status')).toEqual({ code: 3, output: 'The stack is not running. Start it with `npm start`.\n' });
});

it('comes up in the background and answers for every part', async () => {
  const started = await run('start', '--detach', ...only);
  expect(started.output).toContain('Running in the background');
  expect(started.code).toBe(0);
  const { ready, phase, services } = await status();
  expect({ ready, phase }).toEqual({ ready: true, phase: 'running' });
  expect(Object.entries(services).map(([name, { state: is }]) => [name, is])).toEqual([
    ['kafka', 'ready'],
    ['postgres', 'ready'],
    ['registry', 'ready'],
  ]);
});

it('does not start twice', async () => {
  const second = await run('start', ...only);
  expect(second.code).toBe(1);
  expect(second.output).toMatch(/The stack is running already \(process \d+\)/);
});

it('brings back a broker that was killed', async () => {
  const before = await status();
  process.kill(before.services.kafka?.pid as number, 'SIGKILL');
  const deadline = Date.now() + 40_000;
  let now = before;
  while (Date.now() < deadline && !(now.ready && now.services.kafka?.restarts === 1)) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    now = await status();
  }
  expect(now.services.kafka).toMatchObject({ state: 'ready', restarts: 1 });
});

it('takes its processes with it when the supervisor is killed', async () => {
  const run_ = readRunState(join(state, 'run'));
  process.kill(run_?.supervisor.pid as number, 'SIGKILL');
  const deadline = Date.now() + 5_000;
  while (processesMarked(marker, state).length > 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(processesMarked(marker, state)).toEqual([]);
});

it('starts over what a run left behind whose supervisor and guard were both killed', async () => {
  expect(await run('start', '--detach', ...only)).toMatchObject({ code: 0, output: expect.stringContaining('background') });
  const { supervisor } = readRunState(join(state, 'run')) as { supervisor: ProcessIdentity };
  const left = processesMarked(marker, state);
  for (const guard of guardsOf(supervisor.pid)) process.kill(guard, 'SIGKILL');
  process.kill(supervisor.pid, 'SIGKILL');
  expect(left.length).toBeGreaterThanOrEqual(3);
  expect(left.every(isAlive)).toBe(true);
  expect(await run('start', '--detach', ...only)).toMatchObject({ code: 0, output: expect.stringContaining('background') });
  expect(left.some(isAlive)).toBe(false);
  expect((await status()).ready).toBe(true);
});

it('stops everything', async () => {
  const stopped = await run('stop');
  expect(stopped).toMatchObject({ code: 0, output: expect.stringContaining('The stack is stopped.') });
  expect(processesMarked(marker, state)).toEqual([]);
  expect((await status()).phase).toBe('stopped');
});

it('names the process that holds a port', async () => {
  const server = createServer();
  const port = Number(env[portVariable('postgres')]);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const refused = await run('start', '--detach', ...only);
  await new Promise((resolve) => server.close(resolve));
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(`Port ${port}, wanted by postgres, is taken by process ${process.pid}`);
  expect(refused.output).toContain(`End it with \`kill ${process.pid}\`, or choose another port: TRIBUTARY_PORT_POSTGRES=<port> npm start`);
});

it('refuses production, where the demo secrets are no secrets', async () => {
  env.NODE_ENV = 'production';
  const refused = await run('start', ...only);
  env.NODE_ENV = '';
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('NODE_ENV is production');
});

/** Shells that a supervisor started: its guard is the only one. */
function guardsOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.filter((child) => identityOf(child) && readFileSync(`/proc/${child}/cmdline`, 'utf8').startsWith('/bin/sh'));
}
