import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Understood } from '#commands/command-line.mjs';
import { root } from '../contracts/workspace.js';
import { endPause, requestPause } from '../stack/pauses.js';
import { readRunState, runningState } from '../stack/run-file.js';
import type { RunState } from '../stack/run-file.js';
import { foldersOf, loadSettings } from '../stack/settings.js';
import type { Environment, Settings } from '../stack/settings.js';
import type { ServiceName } from '../stack/parts.js';
import { stackEnvironment } from '../stack/environment.js';
import { settingsOfRun } from '../stack/settings-of-run.js';
import { parseTargetList } from '@tributary/target-registry';

/** A program of a service that is run by itself. */
interface Program {
  readonly service: 'erp-sink' | 'recon';
  /** Folder of the program within the service; absent: `rebuild`. */
  readonly folder?: string;
  /** What the program is told to do. */
  readonly word: string;
  /** Whether the service has to be stopped for it. */
  readonly writes: boolean;
}

const programs: Readonly<Record<string, Program>> = {
  ledger: { service: 'erp-sink', word: 'ledger', writes: true },
  xref: { service: 'erp-sink', word: 'xref', writes: true },
  digest: { service: 'erp-sink', word: 'digest', writes: false },
  views: { service: 'recon', word: 'views', writes: true },
  'views-digest': { service: 'recon', word: 'digest', writes: false },
  lookups: { service: 'recon', word: 'lookups', writes: false },
  verify: { service: 'recon', folder: 'audit', word: 'verify', writes: false },
};

/**
 * `tributary rebuild ...` and `tributary audit verify`: runs the program of the service that owns the state. With KAFKA_BROKERS and DATABASE_URL (or DATABASE_URL_FILE) in
 * the environment, that environment is used, and the service has to be stopped by hand. Otherwise the stack of this workspace is meant: its
 * ports and configuration are used, and it stops the service for as long as the rebuild takes.
 * @returns the exit code.
 */
export async function rebuild(understood: Extract<Understood, { kind: 'run' }>, env: Environment): Promise<number> {
  const what = understood.path.at(-1) as string;
  const program = programs[what];
  if (!program) throw new Error(`"rebuild ${what}" is in the table of commands (tools/commands) and has no program`);
  const anchor = understood.values.anchor?.at(-1) as string | undefined;
  const target = understood.values.target?.at(-1) as string | undefined;
  const args = [
    program.word,
    ...(target === undefined ? [] : ['--target', target]),
    ...(understood.values['forget-expired'] ? ['--forget-expired'] : []),
    ...(anchor === undefined ? [] : ['--anchor', resolve(anchor)]),
    ...(understood.values.json ? ['--json'] : []),
  ];
  const entry = join(root, 'services', program.service, 'dist', program.folder ?? 'rebuild', 'main.js');
  const runProgram = (environment: Environment): Promise<number> => runNode([entry, ...args], environment);
  if (env.KAFKA_BROKERS && (env.DATABASE_URL || env.DATABASE_URL_FILE)) return runProgram(env);

  const folders = foldersOf(root, env);
  const state = runningState(folders.run);
  if (state?.phase !== 'running') {
    throw new Error(
      'No stack runs here, and KAFKA_BROKERS and DATABASE_URL (or DATABASE_URL_FILE) are not set. For the stack of this machine run `npm start -- --detach --no-demo` first; elsewhere set the variables of the service (docs/configuration.md).',
    );
  }
  const settings = settingsOfRun(loadSettings(root, env), state);
  const owner = program.service === 'recon' ? 'recon' : sinkOf(settings, state, target);
  const environment = { ...env, ...stackEnvironment(settings, leftOut(state)).of(owner) };
  if (!program.writes || !state.parts.some(({ name }) => name === owner)) return runProgram(environment);
  return whileStopped(folders.run, owner, `rebuild ${what}`, () => runProgram(environment));
}

const sinks: readonly ServiceName[] = ['erp-sink', 'erp-sink-stripe'];

/** The sink that serves a target. @throws Error naming the targets there are. */
function sinkOf(settings: Settings, state: RunState, target: string | undefined): ServiceName {
  const served = sinks.flatMap((sink) => {
    const { ERP_TARGETS, ERP_TARGET } = stackEnvironment(settings, leftOut(state)).of(sink);
    const names = ERP_TARGETS === undefined ? [ERP_TARGET] : [...parseTargetList(ERP_TARGETS).keys()];
    return names.map((name) => ({ sink, target: name }));
  });
  const found = served.find((each) => each.target === (target ?? served[0]?.target));
  if (!found)
    throw new Error(`--target ${target}: the stack serves no such target. There are: ${served.map((each) => each.target).join(', ')}.`);
  return found.sink;
}

/** Parts of the description that the running stack was started without. */
function leftOut(state: RunState): string[] {
  return Object.keys(state.ports).filter((name) => !state.parts.some((part) => part.name === name) && name !== 'kafka-controller');
}

const stopTimeoutMs = 60_000;
const startTimeoutMs = 120_000;
const pollMs = 200;

/** Has the running stack stop a service, works, and has it start the service again. The stack also does that when this process is killed. */
async function whileStopped(runFolder: string, service: string, reason: string, work: () => Promise<number>): Promise<number> {
  requestPause(runFolder, service, reason);
  try {
    console.error(`stopping ${service} for the rebuild`);
    if (!(await reaches(runFolder, service, 'stopped', stopTimeoutMs)))
      throw new Error(
        `${service} did not stop within ${stopTimeoutMs / 1_000} s. Stop the stack (\`npm run stop\`), start it without it (\`npm start -- --detach --no-demo --without ${service}\`), and run this again.`,
      );
    return await work();
  } finally {
    endPause(runFolder);
    console.error(`starting ${service} again`);
    if (!(await reaches(runFolder, service, 'ready', startTimeoutMs)))
      console.error(`${service} is not ready after ${startTimeoutMs / 1_000} s: see \`npm run status\` and \`npm run logs ${service}\``);
  }
}

async function reaches(runFolder: string, service: string, wanted: string, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if (readRunState(runFolder)?.parts.find(({ name }) => name === service)?.state === wanted) return true;
    await wait(pollMs);
  }
  return false;
}

function runNode(args: readonly string[], env: Environment): Promise<number> {
  const child = spawn(process.execPath, ['--enable-source-maps', ...args], { stdio: 'inherit', env });
  const ignore = (): void => undefined; // Ctrl-C reaches the child directly; this process waits for it
  const pass = (): boolean => child.kill('SIGTERM');
  process.on('SIGINT', ignore).on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass);
      resolve(code ?? 1);
    });
  });
}
