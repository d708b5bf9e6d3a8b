import { samplesOf } from './measure.js';
import { reached } from './results.js';

it('asks for payments that have what is asked for, all over the table, each once', () => {
  const samples = samplesOf(1_000_000, 500, 50);
  expect(samples).toHaveLength(52);
  expect(new Set(samples).size).toBe(52);
  expect(samples.every((n) => n % 500 === 0 && n >= 500 && n <= 1_000_000)).toBe(true);
  expect(Math.max(...samples)).toBeGreaterThan(900_000);
});

it.each([
  [{ p95Ms: 200 }, false, true],
  [{ p95Ms: 200.1 }, false, false],
  [{ p95Ms: 5_000 }, true, true],
  [{ p95Ms: 1, problem: 'HTTP 500' }, true, false],
  [{ p95Ms: NaN }, false, false],
])('%j of a short run (%s) has reached its goal: %s', (figures, quick, expected) => {
  expect(reached({ what: 'x', samplesMs: [], p50Ms: 0, ...figures }, quick)).toBe(expected);
});
