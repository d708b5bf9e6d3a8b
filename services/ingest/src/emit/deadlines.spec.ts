import { jest } from '@jest/globals';
import fc from 'fast-check';
import { Deadlines } from './deadlines.js';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const lengthMs = 100;

// Not at the very end: what comes first in that millisecond is nobody's promise.
const metInTimeOrLate = fc.nat(150).filter((ms) => ms !== lengthMs);

it('each deadline that is not met is missed once, at its end; one that is met never', () => {
  const step = fc.record({ afterMs: fc.nat(60), metAfterMs: fc.option(metInTimeOrLate, { nil: undefined }) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const deadlines = new Deadlines(lengthMs, () => Date.now());
      const missedAt: number[][] = [];
      const expected: number[][] = [];
      steps.forEach(({ afterMs, metAfterMs }, index) => {
        jest.advanceTimersByTime(afterMs);
        const at = Date.now();
        missedAt[index] = [];
        expected[index] = metAfterMs !== undefined && metAfterMs < lengthMs ? [] : [at + lengthMs];
        const deadline = deadlines.begin(() => missedAt[index]?.push(Date.now()));
        if (metAfterMs !== undefined) setTimeout(() => deadline.met(), metAfterMs);
      });
      jest.advanceTimersByTime(1_000);
      expect(missedAt).toEqual(expected);
      expect(deadlines.kept).toBe(0);
      expect(jest.getTimerCount()).toBe(0);
    }),
  );
});

it('keeps none that is met', () => {
  const deadlines = new Deadlines(lengthMs, () => Date.now());
  for (let n = 0; n < 1_000; n += 1) {
    deadlines.begin(() => undefined).met();
    expect(deadlines.kept).toBe(0);
  }
});
