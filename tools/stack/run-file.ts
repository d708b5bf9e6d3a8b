import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from '@tributary/local-stack';
import type { ProcessIdentity } from '@tributary/local-stack';
import type { PartView } from './supervisor.js';

/** What a running stack tells other commands about itself: `.tributary/run/stack.json`. */
export interface RunState {
  readonly supervisor: ProcessIdentity;
  readonly phase: 'starting' | 'running' | 'stopping' | 'failed';
  readonly parts: readonly PartView[];
  /** Whether the demo day is to be played. */
  readonly demo: boolean;
  /** Ports in use, by name. Other commands use these, not the environment they are called with. */
  readonly ports: Readonly<Record<string, number>>;
  /** TRIBUTARY_TARGETS of the run; undefined in a state that an earlier version wrote. */
  readonly targets?: string;
  readonly error?: string;
}

const fileOf = (runFolder: string): string => join(runFolder, 'stack.json');

/** Replaces the file as a whole, so that a reader never sees half of it. */
export function writeRunState(runFolder: string, state: RunState): void {
  mkdirSync(runFolder, { recursive: true });
  const file = fileOf(runFolder);
  writeFileSync(`${file}.new`, JSON.stringify(state, null, 2));
  renameSync(`${file}.new`, file);
}

/** Reads the state that the running stack last wrote; undefined without one. */
export function readRunState(runFolder: string): RunState | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(runFolder), 'utf8')) as RunState;
  } catch {
    return undefined;
  }
}

/** The state of a stack whose supervisor lives. */
export function runningState(runFolder: string): RunState | undefined {
  const state = readRunState(runFolder);
  return state && isAlive(state.supervisor) ? state : undefined;
}

/** Removes the state file of a stack that has stopped. */
export function removeRunState(runFolder: string): void {
  rmSync(fileOf(runFolder), { force: true });
}
