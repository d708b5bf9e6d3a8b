import { BoundedCalls } from './bounded-calls.js';
import { CallRecord } from './call-record.js';

it('writes a line of level debug for each call of the target: what it was and how it ended, not what was answered', async () => {
  const lines: unknown[] = [];
  const calls = new BoundedCalls({ name: 'a ledger', longestCallMs: 1_000 }, 'ledger-one', new CallRecord(), {
    debug: (...line: unknown[]) => void lines.push(line),
  } as never);
  const never = new AbortController().signal;
  await calls.read('find', never, () => Promise.resolve({ kind: 'absent', customer: 'Ada' }));
  await calls.write('post', never, () => Promise.reject(new Error('the line of Ada went dead')));
  const ms: unknown = expect.any(Number);
  expect(lines).toEqual([
    [{ call: 'find', answer: 'absent', ms }, 'a call of the target ended'],
    [{ call: 'post', answer: 'error', ms }, 'a call of the target ended'],
  ]);
});
