import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts, workspaceRoot } from '@tributary/local-stack';
import { defaultPorts, portVariable } from '#doctor/ports.mjs';
import { readRunState } from '../stack/run-file.js';

/** The rebuild as README.md writes it, on a running stack in a state folder and on ports of its own; no variable of a service is set. */
let state: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: workspaceRoot, stdio: 'ignore' });
  state = mkdtempSync(join(tmpdir(), 'tributary-rebuild-'));
  const names = Object.keys(defaultPorts);
  const ports = await freePorts(names.length);
  env = { PATH: process.env.PATH, HOME: process.env.HOME, TRIBUTARY_STATE_DIR: state };
  names.forEach((name, index) => (env[portVariable(name)] = String(ports[index])));
  const without = 'ingest,transform,recon,console,emulator-stripe,erp-sink-stripe';
  await run('tools/dist/stack/cli.js', 'start', '--detach', '--no-demo', '--without', without);
}, 240_000);
afterAll(async () => {
  await run('tools/dist/stack/cli.js', 'reset');
  rmSync(state, { recursive: true, force: true });
}, 120_000);

async function run(file: string, ...args: string[]): Promise<{ code: number; output: string }> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [join(workspaceRoot, file), ...args], { env, timeout: 200_000 });
    return { code: 0, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, output: stdout + stderr };
  }
}
const tributary = (...args: string[]): ReturnType<typeof run> => run('tools/dist/tributary/cli.js', ...args);
const sink = (): { state?: string; pid?: number } => {
  const view = readRunState(join(state, 'run'))?.parts.find(({ name }) => name === 'erp-sink');
  return { ...(view ? { state: view.state } : {}), ...(view?.identity ? { pid: view.identity.pid } : {}) };
};

it('stops the sink, rebuilds its ledger, and starts the sink again', async () => {
  const before = sink();
  const { code, output } = await tributary('rebuild', 'ledger', '--target', 'kinetic-main');
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('ledger of kinetic-main: 0 postings') });
  expect(output).toContain('stopping erp-sink for the rebuild');
  expect(output).toContain('starting erp-sink again');
  const after = sink();
  expect(after.state).toBe('ready');
  expect(after.pid).not.toBe(before.pid);
});

it('takes digests beside the running sink', async () => {
  const before = sink();
  const { code, output } = await tributary('rebuild', 'digest', '--target', 'kinetic-main');
  expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/^ledger [0-9a-f]{64}\nxref {3}[0-9a-f]{64}$/m) });
  expect(sink()).toEqual(before);
});

it('names the targets there are, and says which stack is meant when none runs', async () => {
  expect(await tributary('rebuild', 'ledger', '--target', 'kinetic-mian')).toMatchObject({
    code: 1,
    output: expect.stringContaining('There are: kinetic-main, stripe-main.'),
  });
});
