import { collectErrorCodes, errorCodesIn, readSources, renderErrorCodes } from './error-codes.js';
import { renderConfiguration } from './configuration.js';
import { stalePages } from './generate.js';

const one =
  "/** The card was refused. */\nexport class CardError extends PipelineError { readonly code = 'card.refused'; readonly disposition = 'reject'; }";

it('reads code, disposition and docstring of an error class', () => {
  expect(errorCodesIn('a.ts', one)).toEqual([
    { code: 'card.refused', disposition: 'reject', says: 'The card was refused.', where: 'a.ts' },
  ]);
  expect(errorCodesIn('b.ts', "export class Other extends Error { readonly code = 'x.y'; }")).toEqual([]);
});

it('reads a class of many codes from the table beside it', () => {
  const table =
    "export const status = { 'door.closed': 400, 'door.busy': 503 };\nexport class DoorError extends PipelineError { readonly disposition = 'reject'; constructor(readonly code: string) { super('x'); } }";
  expect(errorCodesIn('c.ts', table).map(({ code, disposition }) => [code, disposition])).toEqual([
    ['door.closed', 'reject (HTTP 400)'],
    ['door.busy', 'reject (HTTP 503)'],
  ]);
});

it('refuses a code that two classes use, naming both', () => {
  expect(() =>
    collectErrorCodes([
      { file: 'a.ts', text: one },
      { file: 'b.ts', text: one.replace('CardError', 'Twin') },
    ]),
  ).toThrow('"card.refused" is used twice: in a.ts and in b.ts');
});

it('every code of the project is used once and explained', () => {
  const codes = collectErrorCodes(readSources());
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter(({ says }) => says === '')).toEqual([]);
  expect(codes.map(({ code }) => code).filter((code) => !/^[a-z]+\.[a-z0-9-]+$/.test(code))).toEqual([]);
  expect(renderErrorCodes(codes)).toContain('| `posting.rejected` | reject |');
});

it('never prints the default of a secret as a secret, and marks secrets', () => {
  const page = renderConfiguration([
    { name: 'x', variables: [{ name: 'KEY', description: 'API key', required: true, fallback: undefined, secret: true }] },
  ]);
  expect(page).toContain('| `KEY` | yes | **secret.** API key |');
});

it('calls a page stale that is missing or differs', () => {
  const pages = new Map([
    ['a.md', 'new'],
    ['b.md', 'same'],
    ['c.md', 'x'],
  ]);
  expect(stalePages(pages, (path) => ({ 'a.md': 'old', 'b.md': 'same' })[path])).toEqual(['a.md', 'c.md']);
});
