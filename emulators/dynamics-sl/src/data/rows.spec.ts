import { BadRequest, Refusal } from '../answers.js';
import { tables } from '../tables/index.js';
import { dateOf } from './dates.js';
import { emptyRow, readRow, shown } from './rows.js';

const config = { overlong: 'truncate', customFields: new Map([['Customer.StripeId', 40]]) } as const;
const read = (input: object, overlong: 'truncate' | 'error' | 'store' = 'truncate') =>
  readRow(tables.Customer, input as Record<string, unknown>, emptyRow(tables.Customer, config), { ...config, overlong });

it('cuts a text to its column without a word, as the DTOs of the vendor do: section 2.3', () => {
  expect(read({ User1: 'x'.repeat(31) }).User1).toBe('x'.repeat(30));
  expect(() => read({ User1: 'x'.repeat(31) }, 'error')).toThrow(Refusal);
  expect(read({ User1: 'x'.repeat(31) }, 'store').User1).toHaveLength(31);
});

it('pads CHAR columns on the way out and empties dates to 1900: section 2.3', () => {
  const row = shown(tables.Customer, read({ CustId: 'C300', StripeId: 'cus_1' }), config);
  expect(row).toMatchObject({
    CustId: 'C300           ',
    Terms: '  ',
    User7: '1900-01-01T00:00:00',
    CrLmt: 0,
    StripeId: 'cus_1'.padEnd(40),
  });
});

it('reads names in any case, ignores unknown ones and keeps what is null', () => {
  expect(read({ custid: 'C300', Nonsense: 1, Name: null })).toMatchObject({ CustId: 'C300', Name: '' });
  expect(read({ Nonsense: 1 })).not.toHaveProperty('Nonsense');
});

it.each([{ CrLmt: 'ten' }, { CrLmt: Number.NaN }, { User7: '13/45/2026' }, { Name: {} }])('refuses %j as ASP.NET does', (input) => {
  expect(() => read(input)).toThrow(BadRequest);
});

it.each([
  ['02/09/2026', '2026-02-09T00:00:00'],
  ['2/9/2026', '2026-02-09T00:00:00'],
  ['2026-02-09', '2026-02-09T00:00:00'],
  ['2026-02-09T10:15', '2026-02-09T10:15:00'],
  ['2026-02-09T10:15:30.123Z', '2026-02-09T10:15:30'],
  ['', '1900-01-01T00:00:00'],
  ['02/30/2026', undefined],
  ['2026-13-01', undefined],
  ['yesterday', undefined],
])('reads the date %s', (text, expected) => {
  expect(dateOf(text)).toBe(expected);
});
