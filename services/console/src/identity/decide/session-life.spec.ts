import { hasEnded, isUse } from './session-life.js';

const minute = 60_000;
const life = { idleMs: 30 * minute, absoluteMs: 12 * 60 * minute };

it.each([
  [{ startedAt: 0, usedAt: 0 }, 30 * minute - 1, false],
  [{ startedAt: 0, usedAt: 0 }, 30 * minute, true],
  [{ startedAt: 0, usedAt: 29 * minute }, 58 * minute, false],
  [{ startedAt: 0, usedAt: 719 * minute }, 720 * minute, true], // 12 hours, although it was used a minute ago
])('%j at %d has ended: %p', (times, now, ended) => {
  expect(hasEnded(times, now, life)).toBe(ended);
});

it('counts what a person does, at most once a minute, and nothing that the page does by itself', () => {
  const times = { startedAt: 0, usedAt: 10 * minute };
  expect(isUse(times, 10 * minute + 59_999, true)).toBe(false);
  expect(isUse(times, 11 * minute, true)).toBe(true);
  expect(isUse(times, 25 * minute, false)).toBe(false);
});
