import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

/** One step of a restore. */
export interface Measured {
  readonly what: string;
  readonly tookMs: number;
}

/** Recorded result of a walk. */
export interface RestoreRun {
  readonly commit: string;
  readonly date: string;
  /** Cores and versions, nothing that names the machine. */
  readonly machine: string;
  readonly payments: number;
  readonly measured: readonly Measured[];
  /** Disasters after which everything was as it should be. */
  readonly survived: readonly string[];
}

/** What names a run beside its figures. @param postgres version of PostgreSQL's programs. */
export function machineOf(postgres: string): string {
  return `${cpus().length} cores, Node ${process.versions.node}, ${postgres}`;
}

/** Whole or not at all. @param quick a run that git ignores. @returns the file. */
export function writeRun(run: RestoreRun, quick: boolean): string {
  const file = join(workspaceRoot, 'proof/restore/results', `${quick ? 'quick' : 'run'}-${run.payments}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.next`, `${JSON.stringify(run, undefined, 2)}\n`);
  renameSync(`${file}.next`, file);
  return file;
}
