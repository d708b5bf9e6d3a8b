import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { commandOptions, refuse } from '../options.js';
import type { Check } from './checks.js';
import { isIntegration, runTests } from './jest-run.js';
import { isNoticed } from './open-hole.js';
import { checksOfRepository, countTests, lineOf, recordedResults, resultsFile, stateOf } from './report.js';
import type { CheckResult } from './report.js';
import { SeededCopy } from './seeded-copy.js';

/** The security checks, each with its tests and the holes that turn them red. All options: `npm run proof:security -- --help`. */
const { check: listed, record } = commandOptions({ check: 'text', record: 'flag' });
const wanted = listed?.split(',').map((id) => id.trim()) ?? [];
const all = checksOfRepository();
const unknown = wanted.filter((id) => !all.some((check) => String(check.id) === id));
if (unknown.length > 0) refuse(`--check ${unknown.join(', ')}: there are 1 to ${all.length}`);
process.exitCode = main(all.filter(({ id }) => wanted.length === 0 || wanted.includes(String(id))));

function main(checks: readonly Check[]): number {
  const files = [...new Set(checks.flatMap(({ tests }) => tests.map(({ file }) => file)))];
  console.log(`${checks.length} checks, ${files.length} files of tests`);
  const ran = files.length > 0 ? runTests(workspaceRoot, files) : [];
  const red = redHoles(checks);
  const results = checks.map((check): CheckResult => {
    return { id: check.id, ...countTests(check, ran), red: red.get(check.id) ?? 0, holes: check.seeds.length };
  });
  const lines = checks.map((check, index) => lineOf(check, results[index] as CheckResult));
  console.log(`\n${lines.join('\n')}`);
  const states = checks.map((check, index) => stateOf(check, results[index] as CheckResult));
  const failed = states.filter((state) => state === 'failed').length;
  console.log(`\n${states.filter((state) => state === 'proven').length} of ${checks.length} proven, ${failed} failed`);
  if (record) {
    mkdirSync(dirname(resultsFile), { recursive: true });
    // A run of some checks takes the place of what was recorded about these.
    const others = recordedResults().filter(({ id }) => !results.some((one) => one.id === id));
    const all = [...others, ...results].sort((a, b) => a.id - b.id);
    writeFileSync(resultsFile, `${JSON.stringify({ results: all }, null, 2)}\n`);
    console.log('recorded; npm run docs:generate writes docs/security.md');
  }
  return failed === 0 ? 0 : 1;
}

/** Opens each hole in a copy of the sources. @returns per check how many turned their test red. */
function redHoles(checks: readonly Check[]): ReadonlyMap<number, number> {
  const seeds = checks.flatMap((check) => check.seeds.map((seed) => ({ check, seed, test: check.tests[seed.fails] })));
  if (seeds.length === 0) return new Map();
  const copy = new SeededCopy();
  const red = new Map<number, number>();
  try {
    if (seeds.some(({ test }) => test !== undefined && isIntegration(test.file))) copy.build();
    for (const [index, { check, seed, test }] of seeds.entries()) {
      if (test === undefined) continue;
      const noticed = isNoticed(copy, seed, test);
      console.log(`${noticed ? 'red      ' : 'NOT RED  '}${index + 1}/${seeds.length}  check ${check.id}: ${seed.hole}`);
      if (noticed) red.set(check.id, (red.get(check.id) ?? 0) + 1);
    }
  } finally {
    copy.remove();
  }
  return red;
}
