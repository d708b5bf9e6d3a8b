import { gapText } from './gap-text.js';

it.each([
  ['2026-11-21T06:00:00Z', '2026-11-21T06:09:59Z', undefined],
  ['2026-11-21T06:00:00Z', '2026-11-21T06:10:00Z', '10 minutes'],
  ['2026-11-21T06:00:00Z', '2026-11-21T07:59:00Z', '1 hour'],
  ['2026-11-21T06:00:00Z', '2026-11-23T05:00:00Z', '1 day'],
  ['2026-11-21T06:00:00Z', '2026-11-21T05:00:00Z', undefined],
  ['soon', '2026-11-21T05:00:00Z', undefined],
  [null, null, undefined],
])('between %j and %j: %j', (before, after, text) => {
  expect(gapText(before, after)).toBe(text);
});
