import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive, passableDataFolder, signalProcess, withLock, workspaceRoot } from '@tributary/local-stack';
import { parseArguments } from './arguments.js';
import type { StartArguments } from './arguments.js';
import { createDisplay } from './display.js';
import { endLeftovers } from './leftovers.js';
import { showLog } from './logs.js';
import { runStack } from './run.js';
import { readRunState, runningState } from './run-file.js';
import { foldersOf, loadSettings } from './settings.js';
import type { Settings } from './settings.js';
import { describeStack } from './stack.js';
import { askStatus, statusCodes, statusLines } from './status.js';

/** `npm start`, `stop`, `status`, `reset`, `logs`; started by tools/bootstrap.mjs. */
const root = workspaceRoot;
const folders = foldersOf(root, process.env);
const runFolder = folders.run;
const claimTimeoutMs = 30_000;
/** Longer than all grace periods together: then the supervisor itself is stuck. */
const stopTimeoutMs = 150_000;
const pollMs = 200;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { start, supervise, stop, status, reset, logs };

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
(command ? command(args) : Promise.reject(new Error(`there is no command "${name}"`))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

async function start(given: readonly string[]): Promise<number> {
  const options = parseArguments(given);
  const settings = loadSettings(root, process.env);
  return options.detach ? startDetached(settings, given) : supervise(given);
}

/** The process that holds the stack: this one in the foreground, one in the background with --detach. */
async function supervise(given: readonly string[]): Promise<number> {
  const options = parseArguments(given);
  const settings = loadSettings(root, process.env);
  const drain = new AbortController();
  const hard = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => (drain.signal.aborted ? hard.abort() : drain.abort()));
  }
  const display = createDisplay(process.stdout);
  const refused = await claim(display.say.bind(display));
  if (refused !== undefined) {
    display.say(refused);
    return 1;
  }
  return runStack({ settings, parts: chosenParts(settings, options), demo: options.demo, display, drain: drain.signal, hard: hard.signal });
}

/** Ends what a killed run left, or says that a stack is running. */
function claim(say: (line: string) => void): Promise<string | undefined> {
  return withLock(join(runFolder, 'lock'), claimTimeoutMs, async () => {
    const running = runningState(runFolder);
    if (running && running.supervisor.pid !== process.pid) {
      return `The stack is ${running.phase === 'running' ? 'running' : running.phase} already (process ${running.supervisor.pid}). See \`npm run status\`; \`npm run stop\` ends it.`;
    }
    const ended = await endLeftovers(folders);
    if (ended > 0) say(`ended ${ended} ${ended === 1 ? 'process' : 'processes'} that an earlier run left behind`);
    return undefined;
  });
}

function chosenParts(settings: Settings, options: StartArguments): ReturnType<typeof describeStack> {
  const parts = describeStack(settings);
  const unknown = options.without.filter((without) => !parts.some((part) => part.name === without));
  if (unknown.length > 0) throw new Error(`--without ${unknown.join(',')}: there are ${parts.map((part) => part.name).join(', ')}`);
  return parts
    .filter((part) => !options.without.includes(part.name))
    .map((part) => ({ ...part, dependsOn: part.dependsOn.filter((other) => !options.without.includes(other)) }));
}

/** Starts the supervisor in the background and follows it until the stack is up. */
async function startDetached(settings: Settings, given: readonly string[]): Promise<number> {
  const display = createDisplay(process.stdout);
  const running = runningState(runFolder);
  if (running) {
    display.say(`The stack is ${running.phase} already (process ${running.supervisor.pid}). See \`npm run status\`.`);
    return running.phase === 'running' ? 0 : 1;
  }
  mkdirSync(runFolder, { recursive: true });
  const logFile = join(runFolder, 'supervisor.log');
  const log = openSync(logFile, 'w');
  const supervisor = spawn(process.execPath, ['--enable-source-maps', fileURLToPath(import.meta.url), 'supervise', ...given], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log, log],
  });
  supervisor.unref();
  let ended = false;
  supervisor.once('exit', () => (ended = true));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => supervisor.kill('SIGTERM'));
  for (;;) {
    const state = readRunState(runFolder);
    const own = state && state.supervisor.pid === supervisor.pid ? state : undefined;
    if (own) display.update(own.parts);
    if (own?.phase === 'running') {
      display.close();
      display.say(`Running in the background. Console: http://127.0.0.1:${settings.ports.console}   npm run status, npm run stop`);
      return 0;
    }
    if (own?.phase === 'failed') {
      display.close();
      display.say(own.error ?? 'it did not come up');
      return 1;
    }
    if (ended) {
      display.close();
      showLog(logFile, 40);
      return 1;
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function stop(): Promise<number> {
  const state = runningState(runFolder);
  if (state) {
    const display = createDisplay(process.stdout);
    process.kill(state.supervisor.pid, 'SIGTERM');
    const deadline = Date.now() + stopTimeoutMs;
    while (isAlive(state.supervisor) && Date.now() < deadline) {
      const now = readRunState(runFolder);
      // Only what is ending: that a part was ready is no news here.
      if (now) display.update(now.parts.filter((part) => part.state === 'stopping' || part.state === 'stopped'));
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    if (isAlive(state.supervisor)) {
      display.say(`the supervisor (process ${state.supervisor.pid}) did not end within ${stopTimeoutMs / 1000} s and is killed`);
      signalProcess(state.supervisor, 'SIGKILL');
    }
    display.close();
  }
  const left = await endLeftovers(folders);
  console.log(
    state ? 'The stack is stopped.' : left > 0 ? `Ended ${left} processes that an earlier run left behind.` : 'The stack is not running.',
  );
  return 0;
}

async function status(given: readonly string[]): Promise<number> {
  const settings = loadSettings(root, { ...process.env, NODE_ENV: undefined });
  const result = await askStatus(runFolder, (ports) => describeStack({ ...settings, ports: ports as Settings['ports'] }));
  console.log(given.includes('--json') ? JSON.stringify(result) : statusLines(result).join('\n'));
  if (result.phase === 'stopped') return statusCodes.stopped;
  return result.ready ? statusCodes.ready : statusCodes.notReady;
}

/** Everything that a run keeps, except the downloads. */
async function reset(): Promise<number> {
  await stop();
  const { state } = folders;
  const kept = new Set(['cache']);
  const names = existsSync(state) ? readdirSync(state).filter((entry) => !kept.has(entry)) : [];
  for (const entry of names) rmSync(join(state, entry), { recursive: true, force: true });
  rmSync(passableDataFolder(join(folders.data, 'postgres')), { recursive: true, force: true });
  console.log('State is cleared; the downloads are kept.');
  return 0;
}

async function logs(given: readonly string[]): Promise<number> {
  const folder = folders.logs;
  const names = existsSync(folder) ? readdirSync(folder).map((file) => file.replace(/\.log$/, '')) : [];
  const wanted = given.find((each) => !each.startsWith('-'));
  if (!wanted || !names.includes(wanted)) {
    console.error(
      names.length === 0 ? 'There are no logs: nothing has run yet.' : `npm run logs <${names.sort().join('|')}> [-- --follow]`,
    );
    return wanted || names.length === 0 ? 1 : 0;
  }
  const file = join(folder, `${wanted}.log`);
  if (!given.includes('--follow') && !given.includes('-f')) return showLog(file, 200);
  return new Promise((resolve) => {
    const tail = spawn('tail', ['-n', '200', '-F', file], { stdio: 'inherit' });
    tail.once('error', () => resolve(1));
    tail.once('exit', () => resolve(0));
  });
}
