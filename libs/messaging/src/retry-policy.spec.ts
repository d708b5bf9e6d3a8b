import { RejectGuard } from './reject-guard.js';
import { defaultRetryPolicy, nextRetryMs, quickRetryPolicy, retryAfterDelayMs } from './retry-policy.js';

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
  expect([true, true, false, false, false].map((rejected) => guard.record(rejected))).toEqual([false, false, false, false, false]);
  expect([true, true, true].map((rejected) => guard.record(rejected))).toEqual([false, false, true]);
});

describe('when the other side said how long to wait', () => {
  it('waits that long with its key for a minute, and then leaves it to the ladder', () => {
    expect([0, 30_000, 57_000, 57_001].map((ageMs) => retryAfterDelayMs(quickRetryPolicy, 3_000, ageMs))).toEqual([
      3_000,
      3_000,
      3_000,
      undefined,
    ]);
    expect(retryAfterDelayMs(quickRetryPolicy, 60_001, 0)).toBeUndefined();
  });

  it('without a ladder it waits as long as it may', () => {
    expect(retryAfterDelayMs(defaultRetryPolicy, 299_000, 0)).toBe(299_000);
    expect(retryAfterDelayMs(defaultRetryPolicy, 3_000, 298_000)).toBeUndefined();
  });

  it('asks no sooner than it would have otherwise', () => {
    expect(retryAfterDelayMs(quickRetryPolicy, 0, 0)).toBe(200);
  });
});
