import { checkLines, lineShapeOf, maxDocumentLines } from './lines.js';
import type { ErpDocumentLine } from './lines.js';
import type { ErpDocumentShape } from './shape.js';

const source = 'specs';
const shape: ErpDocumentShape = {
  name: 'demo/invoice',
  kind: 'invoice',
  fields: {},
  lines: { Detail: { Text: { type: 'text', maxLength: 5, required: true, source, description: 'Text.' } } },
  custom: { pattern: /_c$/, maxLength: 3, source },
};
const line = (change: Partial<ErpDocumentLine> = {}): ErpDocumentLine => ({ table: 'Detail', key: '1', fields: { Text: 'a' }, ...change });

it('finds nothing wrong with rows that fit their table, installation fields included', () => {
  expect(checkLines(shape, [line(), line({ key: '2', fields: { Text: 'b', Handle_c: 'x' } })])).toEqual([]);
  expect(checkLines({ ...shape, lines: {} }, [])).toEqual([]);
});

it.each<[string, readonly ErpDocumentLine[], string]>([
  ['a table that is none', [line({ table: 'Header' })], 'demo/invoice: Header is not a table of it'],
  ['a table named like a property of every object', [line({ table: 'constructor' })], 'demo/invoice: constructor is not a table of it'],
  ['a field that is none', [line({ fields: { Text: 'a', Tax: '1' } })], 'demo/invoice.Detail: Tax is not a field of it'],
  ['a text that is too long', [line({ fields: { Text: 'abcdef' } })], 'demo/invoice.Detail: Text holds 6 characters and takes 5'],
  ['a field that is missing', [line({ fields: {} })], 'demo/invoice.Detail: Text is required and has no value'],
  ['a row without handle', [line({ key: '' })], 'demo/invoice: a row of Detail has no handle'],
  ['a handle twice', [line(), line()], 'demo/invoice: two rows of Detail have one handle'],
])('tells %s', (_, lines, text) => {
  expect(checkLines(shape, lines).map((problem) => problem.text)).toEqual([text]);
});

it('counts a field that is filled later as there', () => {
  expect(checkLines(shape, [line({ fields: {} })], () => ['Text'])).toEqual([]);
});

it('takes 500 rows and no more', () => {
  const rows = (count: number): ErpDocumentLine[] => Array.from({ length: count }, (_, n) => line({ key: String(n) }));
  expect(maxDocumentLines).toBe(500);
  expect(checkLines(shape, rows(500))).toEqual([]);
  expect(checkLines(shape, rows(501)).map(({ text }) => text)).toEqual(['demo/invoice: a document takes 500 rows and has 501']);
});

it('makes the shape of a table once', () => {
  expect(lineShapeOf(shape, 'Detail')).toBe(lineShapeOf(shape, 'Detail'));
});
