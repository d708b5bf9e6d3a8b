import { defaultRetryPolicy, nextRetryMs, RejectGuard } from './retry-policy.js';

it('grows, and ends by attempts and by age', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((failures) => nextRetryMs(defaultRetryPolicy, failures, 0))).toEqual([
    200,
    1_000,
    5_000,
    15_000,
    30_000,
    30_000,
    30_000,
    undefined,
  ]);
  expect(nextRetryMs(defaultRetryPolicy, 1, 300_000)).toBeUndefined();
});

it('stops at more than N rejects among the last M, and forgets old ones', () => {
  const guard = new RejectGuard({ maxRejects: 2, window: 5 });
  expect([true, true, false, false, false].map((rejected) => guard.end(rejected))).toEqual([false, false, false, false, false]);
  expect([true, true, true].map((rejected) => guard.end(rejected))).toEqual([false, false, true]);
});
