import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import type { BenchResult } from './result.js';

/** Folder of recorded results. */
export const resultsFolder = join(workspaceRoot, 'proof', 'bench', 'results');

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
