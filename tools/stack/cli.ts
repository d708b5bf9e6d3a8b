import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive, passableDataFolder, signalProcess, withLock, workspaceRoot } from '@tributary/local-stack';
import { didYouMean, understand } from '#commands/command-line.mjs';
import { parseArguments, typedIn } from './arguments.js';
import type { StartArguments } from './arguments.js';
import { createDisplay } from './display.js';
import { endLeftovers } from './leftovers.js';
import { askJson } from './http-probe.js';
import { followLogs, partsWithLog, paymentIdsIn, readLogs, showLog } from './logs.js';
import { runStack } from './run.js';
import { readRunState, runningState } from './run-file.js';
import { foldersOf, loadSettings, realTargetOf } from './settings.js';
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
/** Lines of each part that `logs` shows unless told. */
const shownLines = 200;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = { start, supervise, stop, status, reset, logs };

const [name = '', ...args] = process.argv.slice(2);
run().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);

/** Checks the command line before anything is done; `supervise` is what `start --detach` runs in the background. */
async function run(): Promise<number> {
  const understood = understand([name === 'supervise' ? 'start' : name, ...args]);
  if (understood.kind === 'help') console.log(understood.text);
  if (understood.kind === 'wrong') console.error(understood.problem);
  if (understood.kind !== 'run') return understood.kind === 'help' ? understood.exitCode : 2;
  const command = commands[name];
  if (!command) throw new Error(`"${name}" is no command of the stack: ${Object.keys(commands).join(', ')}`);
  return command(args);
}

/** Settings for this command line. @throws Error when the demo day would be booked in a real target. */
function settingsFor(options: StartArguments): Settings {
  const env = options.assets === undefined ? process.env : { ...process.env, TRIBUTARY_ASSETS_DIR: options.assets };
  const settings = loadSettings(root, env);
  const real = realTargetOf(settings);
  if (real !== undefined && options.demo)
    throw new Error(`${real} is set: the demo day would book invented payments there. Start without it: npm start -- --no-demo`);
  return settings;
}

async function start(given: readonly string[]): Promise<number> {
  const options = parseArguments(given, typedIn(process.env));
  const settings = settingsFor(options);
  return options.detach ? startDetached(settings, given) : supervise(given);
}

/** The process that holds the stack: this one in the foreground, one in the background with --detach. */
async function supervise(given: readonly string[]): Promise<number> {
  const options = parseArguments(given, typedIn(process.env));
  const settings = settingsFor(options);
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
  const parts = describeStack(settings, options.without);
  const unknown = options.without.filter((without) => !parts.some((part) => part.name === without));
  if (unknown.length > 0)
    throw new Error(
      unknownPart(
        '--without',
        unknown[0] as string,
        parts.map((part) => part.name),
      ),
    );
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

/** `npm run logs [<part>] [--follow] [--pretty] [--payment <id>] [--lines N]`. */
async function logs(given: readonly string[]): Promise<number> {
  const understood = understand(['logs', ...given]);
  if (understood.kind !== 'run') return 2;
  const names = partsWithLog(folders.logs);
  const [part] = understood.arguments;
  if (names.length === 0) {
    console.error('There are no logs: nothing has run yet. Start the stack with `npm start`.');
    return 1;
  }
  if (part !== undefined && !names.includes(part)) {
    console.error(unknownPart('logs', part, names));
    return 1;
  }
  const { values } = understood;
  const payment = values.payment?.at(-1) as string | undefined;
  const lines = values.lines === undefined ? (payment === undefined ? shownLines : undefined) : Number(values.lines.at(-1));
  const alsoKnownAs = payment === undefined ? [] : await idsKnownToRecon(payment);
  const query = { parts: part === undefined ? [] : [part], pretty: values.pretty !== undefined, payment, alsoKnownAs, lines };
  const found = readLogs(folders.logs, query);
  if (found.length > 0) console.log(found.join('\n'));
  if (values.follow === undefined) {
    if (found.length === 0 && payment !== undefined) console.error(`No line of ${part ?? names.join(', ')} names ${payment}.`);
    return 0;
  }
  const end = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => end.abort());
  await followLogs(folders.logs, query, (line) => console.log(line), end.signal);
  return 0;
}

/** All ids of a payment that the running recon knows; none when it does not answer. */
async function idsKnownToRecon(id: string): Promise<string[]> {
  const state = runningState(runFolder);
  if (!state) return [];
  const recon = `http://127.0.0.1:${state.ports.recon}`;
  const trace =
    (await askJson<object>(`${recon}/payments/${encodeURIComponent(id)}`)) ??
    (await askJson<object>(`${recon}/events/${encodeURIComponent(id)}`));
  return trace === undefined ? [] : [...new Set(paymentIdsIn(JSON.stringify(trace), undefined))];
}

function unknownPart(where: string, name: string, names: readonly string[]): string {
  return `${where}: there is no part "${name}".${didYouMean(name, names)} There are: ${names.join(', ')}.`;
}
