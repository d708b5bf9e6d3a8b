import { fiscalPeriodOf } from './sl-periods.js';

it.each([
  ['2026-09-01', 1, '202609'],
  ['2026-12-31', 1, '202612'],
  // A year that begins in July 2026 is 2027.
  ['2026-07-01', 7, '202701'],
  ['2027-06-30', 7, '202712'],
  ['2026-06-30', 7, '202612'],
  ['2026-12-31', 12, '202701'],
  ['2026-09-01', undefined, undefined],
  ['01.09.2026', 1, undefined],
])('the period of %s in a year that starts in month %p is %p', (date, starts, expected) => {
  expect(fiscalPeriodOf(date, starts)).toBe(expected);
});
