import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

/** Figures of one thing about one subject, one per run, in the order in which they were taken. */
export interface Measure {
  readonly what: string;
  readonly subject: string;
  readonly unit: string;
  readonly samples: readonly number[];
}

/** What was to be reached, and what came out: pair by pair where there is a peer. */
export interface Goal {
  readonly what: string;
  readonly goal: string;
  /** Ratios or figures, as many as runs. */
  readonly samples: readonly number[];
  readonly reached: boolean;
}

/** Measured result of one row. */
export interface RowResult {
  readonly row: string;
  readonly says: string;
  readonly measures: readonly Measure[];
  readonly goals: readonly Goal[];
  /** How it was measured, what was left out, and why. */
  readonly notes: readonly string[];
}

/** Recorded result of a benchmark: circumstances and rows. */
export interface BenchResult {
  readonly commit: string;
  readonly date: string;
  readonly machine: string;
  readonly quick: boolean;
  readonly rows: readonly RowResult[];
}

/** One benchmark: its name, what it measures, and how it runs. */
export interface Row {
  readonly name: string;
  readonly says: string;
  run(options: RowOptions): Promise<Omit<RowResult, 'row' | 'says'>>;
}

/** How a row is run. */
export interface RowOptions {
  /** Short: shows that it works; figures of such a run are not recorded. */
  readonly quick: boolean;
  say(line: string): void;
}

/** What a row returns. @param notes how it was measured, what was left out, and why. */
export function rowResult(measures: readonly Measure[], goals: readonly Goal[], notes: readonly string[]): Omit<RowResult, 'row' | 'says'> {
  return { measures, goals, notes };
}

/** Folder of recorded results. */
export const resultsFolder = join(workspaceRoot, 'proof', 'bench', 'results');

/** The middle one, or the mean of the two in the middle. NaN of nothing. */
export function median(samples: readonly number[]): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Nearest rank. @param sorted ascending. */
export function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? NaN;
}

/** Ratios pair by pair: both were taken one after the other, so a change of the machine's speed hits both. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, index) => value / (theirs[index] ?? NaN));
}

/** Writes one file per row, so that a later run of one row leaves the others alone. @returns the file. */
export function keep(result: BenchResult): string[] {
  mkdirSync(resultsFolder, { recursive: true });
  return result.rows.map((row) => {
    const file = join(resultsFolder, `${result.quick ? 'quick-' : ''}${row.row}.json`);
    writeFileSync(file, `${JSON.stringify({ ...result, rows: [row] }, null, 2)}\n`);
    return file;
  });
}

/** Recorded results, by row. */
export function recorded(): BenchResult[] {
  try {
    return readdirSync(resultsFolder)
      .filter((file) => file.endsWith('.json') && !file.startsWith('quick-'))
      .sort()
      .map((file) => JSON.parse(readFileSync(join(resultsFolder, file), 'utf8')) as BenchResult);
  } catch {
    return [];
  }
}

/** Commit, date and machine of a result; nothing that identifies the machine. */
export function circumstances(): Pick<BenchResult, 'commit' | 'date' | 'machine'> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: workspaceRoot, encoding: 'utf8' }).trim();
  return { commit, date: new Date().toISOString().slice(0, 10), machine: `${cpus().length} cores, Node ${process.versions.node}` };
}
