import { failureText } from './failure-text.js';

it.each([
  ['posting a/b/ch_1: posting.period-closed: posting a/b/ch_1: its period is closed', 'posting a/b/ch_1: its period is closed'],
  ['posting a/b/ch_1: posting.period-closed: posting a/b/ch_2: its period is closed', undefined],
  ['posting a/b/ch_1: sl.customer-ambiguous: could be any of two', undefined],
  ['A refund above the limit: is it to be booked?', undefined],
  ['', undefined],
])('%j', (text, expected) => {
  expect(failureText(text)).toBe(expected ?? text);
});
