import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';
import { codeCatalogue } from './code-catalogue.js';
import {
  allCodes,
  codesNamedIn,
  codesWrittenIn,
  collectErrorCodes,
  errorCodesIn,
  readSources,
  renderErrorCodes,
  textOf,
} from './error-codes.js';
import { renderConfiguration } from './configuration.js';
import { stalePages } from './generate.js';
import { installationCodes } from '@tributary/platform';

const one =
  "/** The card was refused. */\nexport class CardError extends PipelineError { readonly code = 'card.refused'; readonly disposition = 'reject'; }";

it('reads code, disposition and docstring of an error class', () => {
  expect(errorCodesIn('a.ts', one)).toEqual([
    { code: 'card.refused', disposition: 'reject', description: 'The card was refused.', where: 'a.ts' },
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

describe('the codes of the project', () => {
  const files = readSources();
  const codes = allCodes(files);

  it('are all listed, each with what it means and what to do', () => {
    // A new code: write its meaning and what to do into tools/docs/code-catalogue.ts, then `npm run docs:generate`.
    expect(
      codes.filter((each) => textOf(each).meaning === '' || textOf(each).action === '').map(({ code, where }) => `${code} in ${where}`),
    ).toEqual([]);
    expect(codes.length).toBeGreaterThan(80);
    expect(codes.map(({ code }) => code).filter((code) => !/^[a-z][a-z0-9]*\.[a-z0-9-]+$/.test(code))).toEqual([]);
    expect(renderErrorCodes(codes)).toContain('| `posting.rejected` | reject |');
  });

  it('say different things', () => {
    const meanings = codes.map((each) => textOf(each).meaning);
    expect(meanings.filter((meaning, index) => meanings.indexOf(meaning) !== index)).toEqual([]);
  });

  it('are explained only where they are used', () => {
    const used = new Set(codes.map(({ code }) => code));
    expect(Object.keys(codeCatalogue).filter((code) => !used.has(code))).toEqual([]);
  });

  it('that runbooks and guides name exist', () => {
    const known = new Set([...codes.map(({ code }) => code), ...Object.keys(installationCodes)]);
    const pages = globSync(['docs/runbooks/*.md', 'docs/*.md', 'README.md'], { cwd: root }).filter(
      (page) => !['docs/error-codes.md', 'docs/topics.md'].includes(page),
    );
    const named = pages.flatMap((page) => codesNamedIn(readFileSync(join(root, page), 'utf8')).map((code) => ({ page, code })));
    expect(named.length).toBeGreaterThan(20);
    expect(
      named.filter(({ code }) => !known.has(code) && !known.has(code.replace(/^erp\./, ''))).map(({ page, code }) => `${page}: ${code}`),
    ).toEqual([]);
    expect(codesNamedIn('`kinetic.gone`, `erp.v1` and `a.b`')).toEqual(['kinetic.gone']);
  });

  it('are found in any source: a code that nobody explained turns the list red', () => {
    const planted = allCodes([{ file: 'seed.ts', text: "export const why = { kind: 'rejected', code: 'kinetic.seeded-code' };" }]);
    expect(planted.map((each) => [each.code, textOf(each).meaning])).toEqual([['kinetic.seeded-code', '']]);
    expect(codesWrittenIn('seed.ts', "const topic = 'erp.v1', event = 'erp.posting-concluded', other = 'a.b';")).toEqual([]);
  });
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
