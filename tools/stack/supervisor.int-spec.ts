import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Child, freePorts } from '@tributary/local-stack';
import { answersOk } from './http-probe.js';
import type { ProcessPart } from './part.js';
import { Supervisor } from './supervisor.js';
import type { PartView } from './supervisor.js';

/** A process that answers on its port and writes down when it began and when it was told to end. */
const program = `
const { appendFileSync } = require('node:fs');
const [, diary, name, port, endsAfterMs] = process.argv;
const note = (what) => appendFileSync(diary, name + ' ' + what + '\\n');
note('begins');
require('node:http').createServer((request, response) => response.end('ok')).listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => {
  note('drains');
  if (endsAfterMs === 'never') return;
  setTimeout(() => { note('ends'); process.exit(0); }, Number(endsAfterMs));
});
`;

let folder: string;
let supervisor: Supervisor | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supervisor-'));
});
afterEach(async () => {
  await supervisor?.stop(true);
  rmSync(folder, { recursive: true, force: true });
});

const diary = (): string[] => readFileSync(join(folder, 'diary'), 'utf8').trimEnd().split('\n');

async function part(
  name: string,
  kind: ProcessPart['kind'],
  dependsOn: string[] = [],
  endsAfterMs: number | 'never' = 0,
): Promise<ProcessPart> {
  const [port] = (await freePorts(1)) as [number];
  const url = `http://127.0.0.1:${port}`;
  return {
    kind,
    name,
    port,
    dependsOn,
    graceMs: 1_000,
    start: () =>
      Child.start({
        name,
        command: process.execPath,
        args: ['-e', program, join(folder, 'diary'), name, String(port), String(endsAfterMs)],
        logFile: join(folder, `${name}.log`),
      }),
    ready: (child) => child.readyWhen(() => answersOk(url), 10_000),
    isReady: () => answersOk(url),
  };
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('it did not come to that within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it('starts a part when what it depends on is ready, whatever the order of the list', async () => {
  const seen: string[] = [];
  const last = await part('last', 'service', ['task']);
  const first = await part('first', 'infrastructure');
  supervisor = new Supervisor([
    last,
    { kind: 'task', name: 'task', dependsOn: ['first'], run: async () => void seen.push(...diary()) },
    first,
  ]);
  await supervisor.start();
  expect(seen).toEqual(['first begins']);
  expect(diary()).toEqual(['first begins', 'last begins']);
  expect(supervisor.view().map(({ name, state }) => `${name} ${state}`)).toEqual(['last ready', 'task done', 'first ready']);
});

it('drains services one after the other in their order, then what they stand on, backwards', async () => {
  supervisor = new Supervisor([
    await part('kafka', 'infrastructure'),
    await part('registry', 'infrastructure'),
    await part('ingest', 'service', [], 200),
    await part('transform', 'service', [], 0),
  ]);
  await supervisor.start();
  await supervisor.stop();
  expect(diary().filter((line) => !line.endsWith('begins'))).toEqual([
    'ingest drains',
    'ingest ends',
    'transform drains',
    'transform ends',
    'registry drains',
    'registry ends',
    'kafka drains',
    'kafka ends',
  ]);
});

it('kills what does not drain in time', async () => {
  const stubborn = await part('stubborn', 'service', [], 'never');
  supervisor = new Supervisor([stubborn]);
  await supervisor.start();
  const before = Date.now();
  await supervisor.stop();
  expect(Date.now() - before).toBeGreaterThanOrEqual(1_000);
  expect(diary()).toEqual(['stubborn begins', 'stubborn drains']);
  expect(await stubborn.isReady()).toBe(false);
});

it('starts a process again that was killed, and says so', async () => {
  const states: string[] = [];
  const sink = await part('erp-sink', 'service');
  supervisor = new Supervisor([sink], {
    restartMs: 20,
    onChange: ([view]) => states.push(`${view?.state} ${view?.note ?? ''}`.trim()),
  });
  await supervisor.start();
  const [view] = supervisor.view() as [PartView];
  process.kill(view.identity?.pid as number, 'SIGKILL');
  await until(() => states.at(-1) === 'ready' && states.length > 3);
  expect(states).toContain('restarting ended with SIGKILL');
  expect(supervisor.view()[0]).toMatchObject({ state: 'ready', restarts: 1 });
  expect(await sink.isReady()).toBe(true);
});

it('does not start again what it was told to stop', async () => {
  supervisor = new Supervisor([await part('ingest', 'service')], { restartMs: 1 });
  await supervisor.start();
  await supervisor.stop();
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(diary()).toEqual(['ingest begins', 'ingest drains', 'ingest ends']);
});

it('says which part did not come up and quotes the end of its log', async () => {
  const broken: ProcessPart = {
    ...(await part('recon', 'service')),
    start: () =>
      Child.start({
        name: 'recon',
        command: process.execPath,
        args: ['-e', "console.error('DATABASE_URL: required'); process.exit(78)"],
        logFile: join(folder, 'recon.log'),
      }),
  };
  supervisor = new Supervisor([broken]);
  await expect(supervisor.start()).rejects.toThrow(
    /starting recon: it ended with code 78 before it was ready[\s\S]*DATABASE_URL: required/,
  );
  expect(supervisor.view()[0]).toMatchObject({ state: 'failed' });
});

it('refuses a description in which a part depends on nothing that is there', async () => {
  const lonely = await part('console', 'service', ['recon']);
  expect(() => new Supervisor([lonely])).toThrow('console depends on recon, which is not in it');
});

it('stops one part on request, leaves it stopped and the others alone, and starts it again', async () => {
  const sink = await part('sink', 'service');
  supervisor = new Supervisor([sink, await part('recon', 'service')], { restartMs: 10 });
  await supervisor.start();
  const states = (): string[] => supervisor?.view().map(({ name, state }) => `${name} ${state}`) ?? [];
  await supervisor.pause('sink');
  expect(states()).toEqual(['sink stopped', 'recon ready']);
  await new Promise((resolve) => setTimeout(resolve, 100)); // ten restart delays
  expect(await sink.isReady()).toBe(false);
  await supervisor.resume('sink');
  expect(states()).toEqual(['sink ready', 'recon ready']);
  expect(await sink.isReady()).toBe(true);
  expect(diary().filter((line) => line.startsWith('sink'))).toEqual(['sink begins', 'sink drains', 'sink ends', 'sink begins']);
  expect(supervisor.view()[0]?.restarts).toBe(0);
});
