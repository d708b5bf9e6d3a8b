import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { portsFrom } from '#doctor/ports.mjs';
import type { Ports } from '#doctor/ports.mjs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything the stack is told from outside: the demo's configuration, and where things are. */
export interface Settings {
  readonly root: string;
  readonly ports: Ports;
  /** `.env.demo`, overridden name by name by the environment. */
  readonly demo: Readonly<Record<string, string>>;
  readonly folders: Folders;
}

/** Where a stack keeps what it keeps; `state` is also what marks its processes as its own. */
export interface Folders {
  readonly state: string;
  readonly run: string;
  readonly data: string;
  readonly logs: string;
}

/** `.tributary` in the workspace, or TRIBUTARY_STATE_DIR: with that and other ports, a second stack runs beside the first. */
export function foldersOf(root: string, env: Environment): Folders {
  const state = resolve(root, env.TRIBUTARY_STATE_DIR || '.tributary');
  return { state, run: join(state, 'run'), data: join(state, 'data'), logs: join(state, 'logs') };
}

/** Not in `.env.demo`, but handed to the services when given. */
const passedThrough = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'NODE_EXTRA_CA_CERTS', 'LANG', 'TZ'];

/**
 * @throws Error when NODE_ENV is production, since the demo's secrets are public, and when `.env.demo` lacks a name or a port is wrong.
 */
export function loadSettings(root: string, env: Environment): Settings {
  if (env.NODE_ENV === 'production') {
    throw new Error(
      'starting the demo stack: NODE_ENV is production, and the secrets in .env.demo are public. Unset NODE_ENV to run the demo; see docs/ for running it for real.',
    );
  }
  const file = parseEnv(readFileSync(join(root, '.env.demo'), 'utf8'));
  const demo: Record<string, string> = {};
  for (const [name, value] of Object.entries(file)) demo[name] = env[name] ?? value ?? '';
  for (const name of passedThrough) if (env[name] !== undefined) demo[name] = env[name];
  return { root, ports: portsFrom(env), demo, folders: foldersOf(root, env) };
}

/** A value that `.env.demo` must have. */
export function demoValue(settings: Settings, name: string): string {
  const value = settings.demo[name];
  if (value === undefined || value === '') throw new Error(`reading .env.demo: ${name} is missing`);
  return value;
}
