import { text } from 'node:stream/consumers';
import { CsvSheet, amountColumns } from '../decide/csv-sheet.js';
import { listFile } from './list-file.js';
import type { ListFile } from './list-file.js';

/** A list of so many numbers. */
const numbers = (count: number): ListFile<number> => ({
  name: 'numbers',
  sheet: new CsvSheet<number>({ n: (n) => String(n) }),
  read: ({ limit, after }) => {
    const from = Number(after ?? 0);
    const rows = Array.from({ length: Math.min(limit, count - from) }, (_, index) => from + index + 1);
    return Promise.resolve({ rows, next: from + rows.length < count ? String(from + rows.length) : null });
  },
});

it.each([0, 1, 500, 1_203])('has all %d rows of a list, and says so at its end', async (count) => {
  const lines = (await text((await listFile(numbers(count))).getStream())).trimEnd().split('\r\n');
  expect(lines).toHaveLength(count + 2);
  expect(lines.at(-1)).toBe(`"end of the list","${count} rows"`);
});

it('ends at its limit, and says that it is not the whole list', async () => {
  const lines = (await text((await listFile(numbers(10), 4)).getStream())).trimEnd().split('\r\n');
  expect(lines).toEqual(['"n"', '"1"', '"2"', '"3"', '"4"', '"not the whole list","4 rows; a file has at most 4: narrow the filters"']);
  const whole = await text((await listFile(numbers(4), 4)).getStream());
  expect(whole).toContain('"end of the list","4 rows"');
});

it('has no last line when it breaks off', async () => {
  const breaking: ListFile<number> = {
    ...numbers(900),
    read: (page) => (page.after === undefined ? numbers(900).read(page) : Promise.reject(new Error('PostgreSQL is away'))),
  };
  const pieces: string[] = [];
  const stream = (await listFile(breaking)).getStream();
  await expect(
    (async () => {
      for await (const piece of stream) pieces.push(String(piece));
    })(),
  ).rejects.toThrow('away');
  expect(pieces.join('')).not.toMatch(/end of the list|not the whole/);
});

it('keeps an amount that its currency cannot have, and runs no formula', () => {
  const sheet = new CsvSheet<string>({
    name: (name) => name,
    ...amountColumns<string>('net', () => ({ minor: '114850', currency: 'ISK', text: '114850', exact: false })),
  });
  expect(sheet.header).toBe('"name","net","net currency"\r\n');
  expect(sheet.lines(['=1+1'])).toBe(`"'=1+1","114850 minor units","ISK"\r\n`);
});
