import { rowCountOf, withFocused } from './list-body.js';

it.each([
  ['no row has the focus', -1, [3, 4, 5, 6]],
  ['the row with the focus is in the window', 5, [3, 4, 5, 6]],
  ['it was scrolled away: it stays, with its neighbours', 50, [3, 4, 5, 6, 49, 50, 51]],
  ['it is the last one', 99, [3, 4, 5, 6, 98, 99]],
  ['it is the first one', 0, [0, 1, 3, 4, 5, 6]],
])('draws the window when %s', (_, focused, drawn) => {
  expect(withFocused({ startIndex: 4, endIndex: 5, overscan: 1, count: 100 }, focused)).toEqual(drawn);
});

it('says how many rows there are where not all are drawn', () => {
  expect([rowCountOf(100), rowCountOf(101)]).toEqual([undefined, 101]);
});
