import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../contracts/workspace.js';
import { reports } from './steps.js';
import type { Step } from './steps.js';

/** What a check counted. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Each failure in a line: file, name of the test, and how its message begins. */
  readonly failures: readonly string[];
}

/** What is read of a report that Jest wrote. */
interface Report {
  readonly numPassedTests?: number;
  readonly numFailedTests?: number;
  readonly numPendingTests?: number;
  readonly numTodoTests?: number;
  readonly numRuntimeErrorTestSuites?: number;
  readonly testResults?: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Longest beginning of a message that a failure is listed with, characters. */
const longestMessage = 300;

const beginningOf = (message: string): string =>
  stripVTControlCharacters(message)
    .split(/\n\s+at /)[0]
    ?.replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestMessage) ?? '';

/** Failures of a report, each in a line. A file that could not even start has no failed test: it is listed itself. */
export function failuresIn({ testResults = [] }: Report): string[] {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    const failed = assertionResults.filter((test) => test.status === 'failed');
    if (failed.length === 0 && status === 'failed') return [`${file}: ${beginningOf(message)}`];
    return failed.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${beginningOf(failureMessages[0] ?? '')}`);
  });
}

/** Result of a step: its own counts where Jest wrote a report, else one check. */
export function outcomeOf(step: Step, exitCode: number): Outcome {
  const one = { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
  if (!step.jest) return { ...one, failures: exitCode === 0 ? [] : [step.says] };
  let report: Report;
  try {
    report = JSON.parse(readFileSync(join(reports, `${step.name}.json`), 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: ['no report: Jest itself broke'] };
  }
  const failed = (report.numFailedTests ?? 0) + (report.numRuntimeErrorTestSuites ?? 0);
  const unexplained = exitCode !== 0 && failed === 0;
  return {
    passed: report.numPassedTests ?? 0,
    failed: unexplained ? 1 : failed,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    failures: unexplained ? [`Jest ended with ${exitCode} though no test failed`] : failuresIn(report),
  };
}
