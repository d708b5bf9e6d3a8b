import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ title: z.string(), status: z.string() })),
    }),
  ),
});

/** One test that ran. */
export interface Ran {
  /** File below the root. */
  readonly file: string;
  readonly title: string;
  readonly passed: boolean;
}

/** Longest run of one call of Jest, ms. */
const runWithinMs = 20 * 60_000;

/** Whether a test needs real dependencies (jest.config.mjs). */
export const isIntegration = (file: string): boolean => file.endsWith('.int-spec.ts');

/** Runs test files by Jest and gives what each test said; a file that could not run gives one failed test. @param root a checkout. */
export function runTests(root: string, files: readonly string[]): Ran[] {
  const unit = files.filter((file) => !isIntegration(file));
  const integration = files.filter(isIntegration);
  return [...(unit.length > 0 ? runJest(root, unit, false) : []), ...(integration.length > 0 ? runJest(root, integration, true) : [])];
}

function runJest(root: string, files: readonly string[], integration: boolean): Ran[] {
  const folder = mkdtempSync(join(tmpdir(), 'security-'));
  const output = join(folder, 'jest.json');
  const jest = [
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
    '--silent',
    '--forceExit',
    '--json',
    `--outputFile=${output}`,
  ];
  const env = { ...process.env, TRIBUTARY_TESTS: integration ? 'integration' : '', NODE_NO_WARNINGS: '1' };
  const paths = files.map((file) => `${file.replaceAll('.', '\\.')}$`);
  const run = spawnSync(process.execPath, [...jest, integration ? '--runInBand' : '--maxWorkers=2', ...paths], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: runWithinMs,
  });
  try {
    if (!existsSync(output)) throw new Error(`Jest did not run: ${String(run.stderr).slice(-2_000)}`);
    return report.parse(JSON.parse(readFileSync(output, 'utf8'))).testResults.flatMap(({ name, assertionResults, message }) => {
      const file = name.replaceAll('\\', '/').slice(root.replaceAll('\\', '/').length + 1);
      if (assertionResults.length === 0) return [{ file, title: message ?? 'did not run', passed: false }];
      return assertionResults.map(({ title, status }) => ({ file, title, passed: status === 'passed' }));
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
