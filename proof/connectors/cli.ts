import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { commandOptions, refuse } from '../options.js';
import { isProven, rowsOf, rowText } from './report.js';
import type { JestReport, MutantReport } from './report.js';

/** The conformance suite of every connector, then bugs seeded into it. All options: `npm run proof:connectors -- --help`. */
const { connector } = commandOptions({ connector: 'text' });
const suites = globSync('libs/connectors/*/test/conformance.int-spec.ts', { cwd: workspaceRoot }).map(
  (path) => path.split(/[\\/]/)[2] ?? '',
);
if (connector !== undefined && !suites.includes(connector)) refuse(`--connector ${connector}: there are ${suites.sort().join(', ')}`);
process.exitCode = main(connector ?? '[^/]+');

function main(name: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'connectors-'));
  const [jestFile, mutantFile] = [join(folder, 'jest.json'), join(folder, 'mutants.jsonl')];
  const paths = `libs/connectors/${name}/test/(conformance|mutants)\\.int-spec`;
  const jest = ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', paths, '--json', `--outputFile=${jestFile}`, '--silent'];
  const env = { ...process.env, TRIBUTARY_TESTS: 'integration', CONNECTOR_PROOF_REPORT: mutantFile, NODE_NO_WARNINGS: '1' };
  const run = spawnSync(process.execPath, [...jest, '--maxWorkers=2'], { cwd: workspaceRoot, env, stdio: ['ignore', 'ignore', 'pipe'] });
  if (!existsSync(jestFile)) throw new Error(`the cases did not run: ${String(run.stderr)}`);
  const mutants = existsSync(mutantFile) ? readFileSync(mutantFile, 'utf8').trim().split('\n') : [];
  const rows = rowsOf(
    JSON.parse(readFileSync(jestFile, 'utf8')) as JestReport,
    mutants.map((line) => JSON.parse(line) as MutantReport),
  );
  rmSync(folder, { recursive: true, force: true });
  console.log(rows.map(rowText).join('\n'));
  if (rows.length > 0 && rows.every(isProven)) return 0;
  console.log(`Not proven. The failures: TRIBUTARY_TESTS=integration npm run jest -- ${paths}`);
  return 1;
}
