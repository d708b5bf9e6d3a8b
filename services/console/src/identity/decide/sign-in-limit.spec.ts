import fc from 'fast-check';
import { countAttempt, limitPerName, noAttempts } from './sign-in-limit.js';
import type { Attempts } from './sign-in-limit.js';

const minute = 60_000;

/** Which attempts at these times, all wrong, are made. */
function made(times: readonly number[]): boolean[] {
  let state: Attempts = noAttempts;
  return times.map((now) => {
    const { allowed, after } = countAttempt(state, now, limitPerName);
    state = after;
    return allowed;
  });
}

it('makes five wrong attempts and then none for 15 minutes', () => {
  const start = 1_000_000;
  expect(made([0, 1, 2, 3, 4, 5, 10, 14].map((at) => start + at * minute))).toEqual([true, true, true, true, true, false, false, false]);
  // The fifth was at minute 4, so the lock ends at minute 19.
  expect(made([0, 1, 2, 3, 4, 18.9, 19].map((at) => start + at * minute))).toEqual([true, true, true, true, true, false, true]);
});

it('does not count what is older than 15 minutes', () => {
  expect(made([0, 4, 8, 12, 16, 20, 24].map((at) => 1_000_000 + at * minute))).toEqual(Array(7).fill(true));
});

it('never makes more than five within any 15 minutes, however they come', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 10 * minute }), { maxLength: 60 }), (waits) => {
      let now = 1_000_000;
      const times = waits.map((wait) => (now += wait));
      const allowed = times.filter((_time, index) => made(times.slice(0, index + 1))[index]);
      for (const time of allowed)
        expect(allowed.filter((other) => other > time - 15 * minute && other <= time).length).toBeLessThanOrEqual(5);
    }),
    { numRuns: 40 },
  );
});
