import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

/** One rebuild of a recorded run. */
export interface Measured {
  readonly what: string;
  /** Records of topics that were read, and of these by an earlier, killed run. */
  readonly records: number;
  readonly resumed: number;
  readonly tookMs: number;
  /** Largest resident memory of the command. */
  readonly maxRssMiB: number;
  /** SHA-256, hex, before the loss and after the rebuild. */
  readonly before: string;
  readonly after: string;
  readonly says: string;
}

/** Recorded result of a run. */
export interface RebuildRun {
  readonly commit: string;
  readonly date: string;
  /** Cores and Node version, nothing that names the machine. */
  readonly machine: string;
  readonly postings: number;
  readonly documents: number;
  readonly measured: readonly Measured[];
}

/** Folder of recorded results. */
export const resultsFolder: string = join(workspaceRoot, 'proof', 'rebuild', 'results');

/** A result of this commit and machine. */
export function newRun(postings: number, documents: number, measured: readonly Measured[]): RebuildRun {
  return {
    commit: process.env.TRIBUTARY_COMMIT ?? currentCommit(),
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, Node ${process.versions.node}`,
    postings,
    documents,
    measured,
  };
}

/** Whole or not at all. A recorded run is never replaced by a smaller one: quick runs have another name, and git ignores them. */
export function writeRun(run: RebuildRun, quick: boolean): string {
  const file = join(resultsFolder, `${quick ? 'quick' : 'run'}-${run.postings}.json`);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.next`, `${JSON.stringify(run, undefined, 2)}\n`);
  renameSync(`${file}.next`, file);
  return file;
}

/** Recorded runs, smallest first. */
export function recordedRuns(): RebuildRun[] {
  if (!existsSync(resultsFolder)) return [];
  return readdirSync(resultsFolder)
    .filter((name) => /^run-\d+\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(resultsFolder, name), 'utf8')) as RebuildRun)
    .sort((a, b) => a.postings - b.postings);
}

/** Commit of the workspace, twelve digits; `unknown` outside of git. */
export function currentCommit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: workspaceRoot, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}
