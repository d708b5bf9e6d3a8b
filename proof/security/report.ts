import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parse } from 'yaml';
import { isTest, readChecks } from './checks.js';
import type { Check } from './checks.js';
import type { Ran } from './jest-run.js';

/** The catalogue of the checks. */
export const checksFile: string = join(workspaceRoot, 'proof/security/checks.yaml');
/** The last recorded run. */
export const resultsFile: string = join(workspaceRoot, 'proof/security/results/security.json');

/** What a run says of one check. */
export interface CheckResult {
  readonly id: number;
  /** Tests that passed, of all that ran for it. */
  readonly passed: number;
  readonly tests: number;
  /** Holes that turned their test red, of all that were opened. */
  readonly red: number;
  readonly holes: number;
}

/** `open`: no test. `in part`: proven, and something is missing. `failed`: a test failed, or a hole was not noticed. */
export type CheckState = 'proven' | 'in part' | 'open' | 'failed';

/** Checks of the repository. */
export function checksOfRepository(): Check[] {
  return readChecks(parse(readFileSync(checksFile, 'utf8')));
}

/** How many of the tests of a check passed. A title with placeholders stands for all its cases; one that did not run counts as failed. */
export function countTests(check: Check, ran: readonly Ran[]): { passed: number; tests: number } {
  const cases = check.tests.flatMap(({ file, test }) => {
    const found = ran.filter((one) => one.file === file && isTest(test, one.title));
    return found.length > 0 ? found.map(({ passed }) => passed) : [false];
  });
  return { passed: cases.filter(Boolean).length, tests: cases.length };
}

/** State of a check after a run. */
export function stateOf(check: Check, { passed, tests, red, holes }: CheckResult): CheckState {
  if (check.tests.length === 0) return 'open';
  if (passed < tests || red < holes) return 'failed';
  return check.missing === undefined ? 'proven' : 'in part';
}

/** One line of the terminal. */
export function lineOf(check: Check, result: CheckResult): string {
  const figures =
    result.tests === 0 ? '' : `${result.passed} of ${result.tests} tests passed, ${result.red} of ${result.holes} holes turned red`;
  const missing = check.missing === undefined ? '' : `\n            missing: ${check.missing}`;
  return `${stateOf(check, result).padEnd(7)} ${String(check.id).padStart(2)}  ${check.name.padEnd(46)} ${figures}${missing}`;
}

/** Results of the last recorded run; none before the first. */
export function recordedResults(): readonly CheckResult[] {
  return existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as { results: CheckResult[] }).results : [];
}

/** docs/security.md, from the catalogue and the last recorded run. */
export function securityPage(): string {
  const checks = checksOfRepository();
  const recorded = recordedResults();
  const resultOf = (id: number): CheckResult => recorded.find((one) => one.id === id) ?? { id, passed: 0, tests: 0, red: 0, holes: 0 };
  const states = checks.map((check) => stateOf(check, resultOf(check.id)));
  const proven = states.filter((state) => state === 'proven').length;
  return [
    '# Security checks',
    '<!-- Generated from proof/security by `npm run docs:generate`. Do not edit. -->',
    `**${proven} of ${checks.length}** checks were proven in the last recorded run. \`npm run proof:security\` runs the tests of every check, then opens each hole in a copy of the sources: a hole that turns no test red is a failure. The requirements are those of OWASP ASVS 5.0. What is assumed, and what the product does not do, is in [threat-model.md](threat-model.md).`,
    ...checks.map((check, index) => sectionOf(check, states[index] as CheckState, resultOf(check.id))),
  ].join('\n\n');
}

function sectionOf(check: Check, state: CheckState, { passed, tests, red, holes }: CheckResult): string {
  const asvs = check.asvs.length > 0 ? ` ASVS ${check.asvs.join(', ')}.` : '';
  return [
    `## ${check.id}. ${check.name}: ${state}`,
    `${check.holds}${asvs}${tests > 0 ? ` ${passed} of ${tests} tests passed, ${red} of ${holes} holes turned red.` : ''}`,
    ...(check.tests.length > 0 ? [check.tests.map(({ file, test }) => `- [${test}](../${file})`).join('\n')] : []),
    ...(check.seeds.length > 0 ? [`Seen red with: ${check.seeds.map(({ hole }) => hole).join('; ')}.`] : []),
    ...(check.missing === undefined ? [] : [`Missing: ${check.missing}.`]),
  ].join('\n\n');
}
