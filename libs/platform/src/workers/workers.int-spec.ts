import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workspaceRoot } from '@tributary/local-stack';

/** A service of two workers as a process, from the compiled library. `/held` is answered half a second later. */
const service = `
  import { counter, HealthModule, observedGauge, runService } from '${pathToFileURL(`${workspaceRoot}/libs/platform/dist/index.js`).href}';
  if (process.env.BROKEN) { process.stderr.write('broken'); process.exit(7); }
  const asked = counter('asked_total', 'requests');
  observedGauge('seven', 'smallest of all', () => 7, 'min');
  observedGauge('endless', 'smallest of all', () => Infinity, 'min');
  let problem;
  class Root {}
  await runService(() => ({
    name: 'x', http: { host: '127.0.0.1', port: 0, allowedHosts: [] }, workers: 2,
    module: () => ({ module: Root, imports: [HealthModule.registerAsync({ inject: [], useFactory: () => ({ ready: [{ name: 'store', check: () => problem }] }) })] }),
    prepare: (app) => {
      const http = app.getHttpAdapter().getInstance();
      http.get('/pid', () => (asked.inc(), String(process.pid)));
      http.get('/held', async () => { await new Promise((resolve) => setTimeout(resolve, 500)); return 'held'; });
      http.get('/miss', () => ((problem = 'gone'), 'missing'));
    },
  }));
`;

let folder: string;
let child: ChildProcess;
let output = '';
let url: string;
let exited: Promise<number | null>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'workers-'));
  output = '';
});
afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(file = 'service.mjs'): void {
  writeFileSync(join(folder, 'service.mjs'), service);
  child = spawn(process.execPath, [join(folder, file)], {
    cwd: workspaceRoot,
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += String(chunk)));
  exited = new Promise((resolve) => child.once('close', (code) => resolve(code)));
}

/** Waits until a line was logged so often. */
async function says(pattern: RegExp, times: number): Promise<RegExpExecArray> {
  for (;;) {
    const matches = [...output.matchAll(new RegExp(pattern, 'g'))];
    if (matches.length >= times) return matches.at(-1) as RegExpExecArray;
    if (child.exitCode !== null) throw new Error(`the service ended with ${child.exitCode}:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function started(): Promise<void> {
  start();
  await says(/x is started/, 2);
  url = (await says(/"url":"([^"]+)"/, 1))[1] as string;
}

/** One request over a connection of its own. */
function answer(path: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    get(`${url}${path}`, { agent: new Agent({ keepAlive: false }) }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.once('end', () => resolve({ status: response.statusCode, text }));
    }).once('error', reject);
  });
}
const pids = async (requests: number): Promise<string[]> =>
  (await Promise.all(Array.from({ length: requests }, () => answer('/pid')))).map(({ text }) => text);

it('serves one port with two processes, whose health and metrics are one, replaces one that ends, and drains both', async () => {
  await started();
  const first = await pids(20);
  expect(new Set(first).size).toBe(2);
  const { text: metrics } = await answer('/metrics');
  expect(metrics).toMatch(/^asked_total 20$/m);
  expect(metrics).toMatch(/^seven 7$/m);
  expect(metrics).toMatch(/^endless \+?Inf/m);
  expect(await answer('/ready')).toMatchObject({ status: 200 });

  process.kill(Number(first[0]), 'SIGKILL');
  await says(/x is started/, 3);
  const second = await pids(20);
  expect(new Set(second).size).toBe(2);
  expect(second).not.toContain(first[0]);

  await answer('/miss'); // one of the two: whichever is asked tells it
  const health = await Promise.all(Array.from({ length: 4 }, () => answer('/ready')));
  expect(health.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(health.every(({ text }) => text.includes('gone'))).toBe(true);

  const open = Promise.all(Array.from({ length: 4 }, () => answer('/held')));
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.kill('SIGTERM');
  expect((await open).map(({ text }) => text)).toEqual(['held', 'held', 'held', 'held']);
  expect(await exited).toBe(0);
  expect(output.match(/"drained"/g)).toHaveLength(2);
});

it('ends with the exit code of its workers when none of them starts', async () => {
  writeFileSync(
    join(folder, 'broken.mjs'),
    `import cluster from 'node:cluster';\nif (cluster.isWorker) process.env.BROKEN = '1';\nawait import('./service.mjs');`,
  );
  start('broken.mjs');
  expect(await exited).toBe(7);
});
