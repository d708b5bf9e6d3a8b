import fc from 'fast-check';
import { isNestedDeeperThan } from './json-depth.js';

const deeper = isNestedDeeperThan;

/** Counted on the parsed value, the other way. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

it('counts arrays and objects that are open at once', () => {
  expect([deeper('[[{}]]', 3), deeper('[[{}]]', 2)]).toEqual([false, true]);
  expect(deeper(`${'['.repeat(1_000_000)}`, 64)).toBe(true);
  expect(deeper(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 64)).toBe(true);
  expect(deeper(`[${'{},'.repeat(500)}{}]`, 2)).toBe(false);
});

it('counts no bracket within a string, however its quotes are escaped', () => {
  for (const text of ['[[[[', '"[[[[', '\\"[[[[', '\\\\"[{[{', '\\', '\\\\'])
    expect([text, deeper(JSON.stringify([text, text]), 1)]).toEqual([text, false]);
});

it('agrees with the parsed value, whatever it is', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), fc.integer({ min: 0, max: 10 }), (text, limit) => {
      expect(deeper(text, limit)).toBe(depthOf(JSON.parse(text)) > limit);
    }),
    { numRuns: 500 },
  );
});
