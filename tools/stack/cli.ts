import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive, passableDataFolder, signalProcess, withLock, workspaceRoot } from '@tributary/local-stack';
import { understand } from '#commands/command-line.mjs';
import { parseArguments, typedIn } from './arguments.js';
import type { StartArguments } from './arguments.js';
import { demo } from './demo-command.js';
import { createDisplay } from './display.js';
import { killOrphans } from './orphans.js';
import { logs, unknownPart } from './logs-command.js';
import { runStack } from './run.js';
import { targetsOfStart } from './ledgers.js';
import { readRunState, runningState } from './run-file.js';
import { foldersOf, loadSettings, realTargetOf } from './settings.js';
import type { Settings } from './settings.js';
import { settingsOfRun } from './settings-of-run.js';
import { describeStack } from './stack.js';
import { startDetached } from './start-detached.js';
import { askStatus, statusCodes, statusLines } from './status.js';

/** `npm start`, `stop`, `status`, `reset`, `logs`, `demo`; started by tools/bootstrap.mjs. */
const root = workspaceRoot;
const folders = foldersOf(root, process.env);
const runFolder = folders.run;
const claimTimeoutMs = 30_000;
/** Longer than all grace periods together: then the supervisor itself is stuck. */
const stopTimeoutMs = 150_000;
const pollMs = 200;

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start,
  supervise,
  stop,
  status,
  reset,
  logs: (given) => logs(given, folders),
  demo: (given) => demo(given, runFolder),
};

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
  const env = {
    ...process.env,
    ...(options.assets === undefined ? {} : { TRIBUTARY_ASSETS_DIR: options.assets }),
    ...targetsOfStart(options, process.env),
  };
  const settings = loadSettings(root, env);
  const real = realTargetOf(settings);
  if (real !== undefined && options.demo)
    throw new Error(`${real} is set: the demo day would book invented payments there. Start without it: npm start -- --no-demo`);
  return settings;
}

async function start(given: readonly string[]): Promise<number> {
  const options = parseArguments(given, typedIn(process.env));
  const settings = settingsFor(options);
  return options.detach ? startDetached(settings, fileURLToPath(import.meta.url), given) : supervise(given);
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
  return runStack({
    settings,
    parts: chosenParts(settings, options),
    demo: options.demo,
    display,
    isWatched: process.stdout.isTTY,
    drain: drain.signal,
    hard: hard.signal,
  });
}

/** Ends what a killed run left, or says that a stack is running. */
function claim(say: (line: string) => void): Promise<string | undefined> {
  return withLock(join(runFolder, 'lock'), claimTimeoutMs, async () => {
    const running = runningState(runFolder);
    if (running && running.supervisor.pid !== process.pid) {
      return `The stack is ${running.phase === 'running' ? 'running' : running.phase} already (process ${running.supervisor.pid}). See \`npm run status\`; \`npm run stop\` ends it.`;
    }
    const ended = await killOrphans(folders);
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
  const left = await killOrphans(folders);
  console.log(
    state ? 'The stack is stopped.' : left > 0 ? `Ended ${left} processes that an earlier run left behind.` : 'The stack is not running.',
  );
  return 0;
}

async function status(given: readonly string[]): Promise<number> {
  const settings = loadSettings(root, { ...process.env, NODE_ENV: undefined });
  const result = await askStatus(runFolder, (state) => describeStack(settingsOfRun(settings, state)));
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
