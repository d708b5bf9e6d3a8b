import type { KeysetPage, PageRequest } from '../shared/decide/keyset-page.js';

/** Reads all pages of a list, two rows per page, and checks that each leads back to the one before. @returns all rows, in their order. */
export async function readBothWays<Row>(page: (request: PageRequest) => Promise<KeysetPage<Row>>): Promise<Row[]> {
  const pages: Row[][] = [];
  for (let after: string | undefined; ;) {
    const { rows, next, previous } = await page({ limit: 2, after });
    expect(previous === null).toBe(pages.length === 0);
    if (previous !== null) expect((await page({ limit: 2, before: previous })).rows).toEqual(pages.at(-1));
    pages.push(rows);
    if (next === null) return pages.flat();
    after = next;
  }
}
