import { mkdirSync, rmSync } from 'node:fs';
import { runAll } from './checks/run.js';
import { containerSteps, reports, steps } from './checks/steps.js';
import type { Step } from './checks/steps.js';

function chosen(args: readonly string[]): readonly Step[] {
  const only = args[args.indexOf('--only') + 1];
  const all = [...steps, ...containerSteps];
  if (!args.includes('--only') || only === undefined) return process.env.TRIBUTARY_TEST_CONTAINERS === '1' ? all : steps;
  const names = only.split(',');
  const unknown = names.filter((name) => !all.some((step) => step.name === name));
  if (unknown.length > 0)
    throw new Error(`npm test: no check is called "${unknown.join('", "')}". There are: ${all.map((step) => step.name).join(', ')}`);
  return all.filter((step) => names.includes(step.name));
}

/**
 * `npm test`: every check of the project, cheapest first, ending with one line
 * `N passed, N failed`. A check that is no test suite (format, types, lint, generated files) counts as one.
 *
 * `npm test -- --only unit,walk` runs some of them; `--list` names them. Reports are kept in .tributary/test.
 */
async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--list')) {
    for (const step of [...steps, ...containerSteps]) console.log(`${step.name.padEnd(22)} ${step.says}`);
    return;
  }
  const todo = chosen(args);
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const results = await runAll(todo);
  console.log('');
  for (const { step, outcome, seconds } of results) {
    console.log(
      `${outcome.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name.padEnd(22)} ${outcome.passed} passed, ${outcome.failed} failed, ${outcome.skipped} skipped, ${seconds} s`,
    );
  }
  const failures = results.flatMap(({ step, outcome }) => outcome.failures.map((failure) => `  ${step.name}: ${failure}`));
  if (failures.length > 0) console.log(`\nfailed:\n${failures.join('\n')}`);
  const sum = (key: 'passed' | 'failed' | 'skipped'): number => results.reduce((total, { outcome }) => total + outcome[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''}`);
  process.exitCode = sum('failed') === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
});
