import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Rules } from './trials.js';

/** How to get promtool, for whoever has none. */
export const promtoolMissing =
  'The alerts are not tried here: promtool is missing. It is part of Prometheus (Debian: apt-get install prometheus); PROMTOOL_PATH names it.';

/** The program that tries rules; undefined where there is none. */
export function findPromtool(environment: NodeJS.ProcessEnv): string | undefined {
  const path = environment.PROMTOOL_PATH ?? 'promtool';
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0 ? path : undefined;
}

/** What promtool says to rules, and to tests of them. */
export class Promtool {
  constructor(private readonly path: string) {}

  /** @throws {Error} with what is wrong with the rules. */
  check(rulesPath: string): void {
    execFileSync(this.path, ['check', 'rules', '--lint=all', '--lint-fatal', rulesPath], { encoding: 'utf8', stdio: 'pipe' });
  }

  /** @returns what failed; empty when all passed. */
  test(rules: Rules, tests: readonly object[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
    try {
      writeFileSync(join(folder, 'rules.yaml'), stringify(rules));
      writeFileSync(join(folder, 'tests.yaml'), stringify({ rule_files: ['rules.yaml'], evaluation_interval: '1m', tests }));
      const { status, stdout, stderr } = spawnSync(this.path, ['test', 'rules', 'tests.yaml'], { cwd: folder, encoding: 'utf8' });
      return status === 0 ? '' : `${stdout}${stderr}`.trim() || `promtool ended with ${String(status)}`;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
