import { mkdirSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { circumstances } from '../bench/recorded-results.js';
import type { Measured } from './measure.js';

/** The 95th of a hundred requests is to be answered within this time, ms. */
export const goalMs = 200;

/** A run as it is kept. */
export interface ConsoleRun {
  readonly payments: number;
  readonly requests: number;
  /** Load of the machine before the first and after the last request, mean of a minute; what else runs is in it. */
  readonly load: { readonly before: number; readonly after: number };
  readonly measured: readonly Measured[];
}

/** Mean load of the last minute. */
export const loadNow = (): number => Math.round((loadavg()[0] ?? 0) * 100) / 100;

/** Whether a kind of request reached its goal. A short run only shows that it is answered. */
export function reached({ problem, p95Ms }: Measured, quick: boolean): boolean {
  return problem === undefined && (quick || p95Ms <= goalMs);
}

/** Writes a run with the commit, the date and every sample. @returns the file, below the repository. */
export function keepRun(run: ConsoleRun, quick: boolean): string {
  return keep(`${quick ? 'quick-' : ''}recon-views.json`, { ...circumstances(), quick, goalMs, ...run });
}

/** Writes what a run found into the folder of results. @returns the file, below the repository. */
export function keep(name: string, found: object): string {
  const file = join('proof', 'console', 'results', name);
  mkdirSync(join(workspaceRoot, 'proof', 'console', 'results'), { recursive: true });
  writeFileSync(join(workspaceRoot, file), `${JSON.stringify(found, null, 2)}\n`);
  return file;
}
