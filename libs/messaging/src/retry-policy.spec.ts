import { defaultRetryPolicy, nextProbeMs, nextRetryMs, RejectGuard } from './retry-policy.js';

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

it('probes a held partition for ever', () => {
  expect([1, 2, 99].map((holds) => nextProbeMs(defaultRetryPolicy, holds))).toEqual([1_000, 2_000, 30_000]);
});

it('stops at more than N rejects among the last M, and forgets old ones', () => {
  const guard = new RejectGuard(2, 5);
  expect([true, true, false, false, false].map((rejected) => guard.record(rejected))).toEqual([false, false, false, false, false]);
  expect([true, true, true].map((rejected) => guard.record(rejected))).toEqual([false, false, true]);
});
