import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';

/** Path of a result, `results/name.json`. Git ignores the quick ones, `quick-*.json`. */
export function resultPath(name: string): string {
  return join(workspaceRoot, 'proof/sim/results', `${name}.json`);
}

/** Where a result comes from. */
export interface Provenance {
  readonly commit: string;
  readonly date: string;
  /** Cores and Node version, nothing that names the machine. */
  readonly machine: string;
}

/** The provenance of a run on this machine and commit. */
export function provenance(): Provenance {
  return {
    commit: commit(),
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, Node ${process.versions.node}`,
  };
}

/** Writes a result as JSON; the file is complete or absent. */
export function writeResult(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(`${path}.part`, path);
}

/** Reads a result, undefined when there is none. */
export function readResult<T>(path: string): T | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : undefined;
}

function commit(): string {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: workspaceRoot, encoding: 'utf8' }).trim();
  } catch {
    return 'unknown';
  }
}
