import { isTest } from './checks.js';
import type { Check, Seed } from './checks.js';
import { isIntegration, runTests } from './jest-run.js';
import type { SeededCopy } from './seeded-copy.js';

/** Opens a hole in a copy of the sources. @returns whether the test that it names turned red. */
export function isNoticed(copy: SeededCopy, seed: Seed, test: Check['tests'][number]): boolean {
  return copy.with(seed, () => {
    if (isIntegration(test.file)) copy.build(); // such tests start compiled programs
    return runTests(copy.root, [test.file]).some(({ title, passed }) => !passed && isTest(test.test, title));
  });
}
