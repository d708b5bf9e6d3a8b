import { placeAfter } from './rows.js';

it.each([
  ['down from nowhere: the first', -1, 1, 0],
  ['up from nowhere: the last', -1, -1, 2],
  ['down', 0, 1, 1],
  ['up', 2, -1, 1],
  ['down from the last: it stays', 2, 1, 2],
  ['up from the first: it stays', 0, -1, 0],
] as const)('goes %s', (_, at, step, place) => {
  expect(placeAfter(at, 3, step)).toBe(place);
});
