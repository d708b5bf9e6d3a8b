import fc from 'fast-check';
import { keysetPage, pageStart } from './keyset-page.js';
import type { PageRequest } from './keyset-page.js';

/** Reads a page of numbers as PostgreSQL would. */
function read(numbers: readonly number[], request: PageRequest, order: 'asc' | 'desc') {
  const start = pageStart(request, order);
  const sorted = [...numbers].sort((a, b) => (start.order === 'asc' ? a - b : b - a));
  const cursor = start.cursor === undefined ? undefined : Number(start.cursor);
  const beyond = sorted.filter((one) => cursor === undefined || (start.beyond === '>' ? one > cursor : one < cursor));
  return keysetPage(request, beyond.slice(0, start.rows), String);
}

it('leads through a list and back again, without gaps and repeats, in either order', () => {
  const lists = fc.uniqueArray(fc.integer(), { maxLength: 30 });
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 7 }), fc.constantFrom<('asc' | 'desc')[]>('asc', 'desc'), (numbers, limit, order) => {
      const pages = [read(numbers, { limit }, order)];
      for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null)
        pages.push(read(numbers, { limit, after: next }, order));
      const all = numbers.toSorted((a, b) => (order === 'asc' ? a - b : b - a));
      expect(pages.flatMap(({ rows }) => rows)).toEqual(all);
      expect(pages.map(({ previous }) => previous === null)).toEqual(pages.map((_, index) => index === 0));
      for (const [index, { previous }] of pages.entries()) {
        if (previous === null) continue;
        const back = read(numbers, { limit, before: previous }, order);
        expect(back.rows).toEqual(pages[index - 1]?.rows);
        expect(back.previous === null).toBe(index === 1);
        expect(read(numbers, { limit, after: back.next ?? '' }, order).rows).toEqual(pages[index]?.rows);
      }
    }),
  );
});

it('has no neighbours where there is nothing', () => {
  expect(read([], { limit: 5 }, 'desc')).toEqual({ rows: [], next: null, previous: null });
  expect(read([1], { limit: 5, after: '1' }, 'desc')).toEqual({ rows: [], next: null, previous: null });
});
