import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { commandOptions } from '../options.js';
import { isProven, linesOf } from './report.js';
import type { JestResults, RoundTrip } from './report.js';

/** `npm run proof:contracts`: what data teams build on, read by clients that share no code with the product. All options: `-- --help`. */
const { records } = commandOptions({ records: 'number' });

/** Random records of every schema; the tests of the project take fewer. */
const recordsPerSchema = 1_000;
const specs = [
  { paths: ['tools/contracts'], tests: '' },
  { paths: ['proof/contracts', 'tools/contracts'], tests: 'integration' },
];

const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
const roundTripFile = join(folder, 'round-trip.json');
const results = specs.map(({ paths, tests }, n): JestResults => {
  const file = join(folder, `jest-${n}.json`);
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ...paths, '--json', `--outputFile=${file}`, '--silent'];
  const environment = {
    ...process.env,
    TRIBUTARY_TESTS: tests,
    CONTRACT_RECORDS: String(records ?? recordsPerSchema),
    NODE_NO_WARNINGS: '1',
  };
  const run = spawnSync(process.execPath, [...jest, '--runInBand', '--forceExit'], {
    cwd: workspaceRoot,
    env: { ...environment, CONTRACT_REPORT: roundTripFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (!existsSync(file)) throw new Error(`the cases did not run: ${String(run.stderr)}`);
  return JSON.parse(readFileSync(file, 'utf8')) as JestResults;
});
const roundTrip = existsSync(roundTripFile) ? (JSON.parse(readFileSync(roundTripFile, 'utf8')) as RoundTrip) : undefined;
rmSync(folder, { recursive: true, force: true });
for (const line of linesOf(results, roundTrip)) process.stdout.write(`${line}\n`);
process.exitCode = isProven(results, roundTrip) ? 0 : 1;
