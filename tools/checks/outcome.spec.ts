import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { failuresIn, outcomeOf } from './outcome.js';

const file = join(root, 'libs/domain/src/money.spec.ts');
const failedTest = {
  status: 'failed',
  fullName: 'money adds up',
  failureMessages: [
    'Error: \u001b[31mexpect\u001b[39m(received).toBe(expected)\n\nExpected: 1\nReceived: 2\n    at Object.<anonymous> (x.ts:1:1)',
  ],
};

it('lists each failed test with its file and how its message begins, without colours and stack', () => {
  const passed = { status: 'passed', fullName: 'money is kept', failureMessages: [] };
  const testResults = [{ name: file, status: 'failed', message: 'all of it', assertionResults: [passed, failedTest] }];
  expect(failuresIn({ testResults })).toEqual([
    'libs/domain/src/money.spec.ts: money adds up: Error: expect(received).toBe(expected) Expected: 1 Received: 2',
  ]);
});

it('lists a file that could not start, and nothing of one that passed', () => {
  const assertionResults = [] as const;
  const testResults = [
    { name: file, status: 'failed', message: '  ● Test suite failed to run\n\n    no such module', assertionResults },
    { name: join(root, 'b.spec.ts'), status: 'passed', message: '', assertionResults },
  ];
  expect(failuresIn({ testResults })).toEqual(['libs/domain/src/money.spec.ts: ● Test suite failed to run no such module']);
});

it('says of a check that is no suite what it looks at', () => {
  const step = { name: 'format', says: 'Prettier', command: [] };
  expect(outcomeOf(step, 0)).toEqual({ passed: 1, failed: 0, skipped: 0, failures: [] });
  expect(outcomeOf(step, 1)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: ['Prettier'] });
});

it('counts a suite that left no report as a failure', () => {
  const step = { name: 'no-such-suite', says: 'a suite', command: [], jest: true };
  expect(outcomeOf(step, 0)).toMatchObject({ passed: 0, failed: 1, failures: ['no report: Jest itself broke'] });
});
