import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { reports } from './steps.js';
import type { Step } from './steps.js';

/** What a check counted. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Result of a step: its own counts where Jest wrote a report, else one check. */
export function outcomeOf(step: Step, exitCode: number): Outcome {
  if (!step.jest) return exitCode === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  try {
    const report = JSON.parse(readFileSync(join(reports, `${step.name}.json`), 'utf8')) as Record<string, number>;
    // A suite that could not even start has no failed test, yet it failed.
    const broken = report.numRuntimeErrorTestSuites ?? 0;
    const failed = (report.numFailedTests ?? 0) + broken;
    return {
      passed: report.numPassedTests ?? 0,
      failed: exitCode !== 0 && failed === 0 ? 1 : failed,
      skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // no report: Jest itself broke
  }
}
