import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dictionaryWords, proseChecker } from './check.js';
import type { Finding } from './check.js';
import { proseOf } from './extract.js';
import { rules } from './rules.js';

const words = dictionaryWords(readFileSync(join(import.meta.dirname, 'dictionary.txt'), 'utf8'));
let check: (path: string, text: string) => Promise<Finding[]>;
beforeAll(async () => {
  check = await proseChecker(words);
}, 60_000);

const places = (findings: readonly Finding[]): string[] =>
  findings.map(({ line, column, word, message }) => `${line}:${column} ${word ?? message}`);

/** Seeded violations: each kind of file, each kind of prose. */
it.each([
  ['a docstring', 'libs/x/src/a.ts', '/** The reciept of a payment. */\nexport const a = 1;', ['1:9 reciept']],
  ['a comment', 'libs/x/src/a.ts', 'const a = 1; // it is recieved twice', ['1:23 recieved']],
  ['a message', 'libs/x/src/a.ts', "throw new Error('the payment was not recieved in time');", ['1:38 recieved']],
  ['a message over lines', 'libs/x/src/a.ts', 'const a = `the first line\n  of the mesage`;', ['2:10 mesage']],
  ['a text on a page', 'web/src/a.tsx', 'export const A = () => <p title="this is a tilte here">{\'x\'}</p>;', ['1:44 tilte']],
  ['a document', 'docs/a.md', '# Titel\n\nA paragraf with `cod`, and\n\n    npm run tset\n', ['1:3 Titel', '3:3 paragraf']],
  ['a comment of an asset', 'assets/a.yaml', 'kind: reciept # the reciept is postd', ['1:21 reciept', '1:32 postd']],
])('finds a mistake in %s', async (_name, path, text, found) => {
  expect(places(await check(path, text))).toEqual(found);
});

it.each([
  ['/** The color of a chip. */', '1:9 "color": write colour'],
  ['// the state is serialized', '1:17 "serialized": write serialised'],
  ['// A zombie changes nothing.', '1:6 "zombie": write stale worker: another holds the lease'],
  ['// the message climbs', '1:16 "climbs": write is retried on the next delay topic'],
])('refuses %s', async (text, found) => {
  expect(places(await check('libs/x/src/a.ts', text))).toContain(found);
});

it.each([
  ['identifiers', 'const reciept = normalize(colour); const color: Colr = { behavior };'],
  ['short texts', "const a = ['reciept', 'content-type', 'colr red'];"],
  ['code in prose', '// `normalize()` of libs/xyzzy/qwrt.ts, https://exmple.com/abcd, fooBarr and SOME_VARIABL'],
  ['queries', "query('select minr, currncy from recon.paymnt where x = 1');"],
  ['what is no prose of ours', '{ "reciept": "a b c" }', 'package.json'],
])('leaves %s alone', async (_name, text, path = 'libs/x/src/a.ts') => {
  expect(places(await check(path, text))).toEqual([]);
});

it('checks the words of a folder later when it is on the list, its spelling at once', async () => {
  const later = await proseChecker(words, ['libs/old/']);
  expect(places(await later('libs/old/a.ts', '// a zombie of the reciept'))).toEqual(['1:20 reciept']);
});

it('keeps lines and columns', () => {
  const text = 'const a = 1; // one\n/* two\n three */ const b = `x y z`;\n';
  expect(
    proseOf('a.ts', text)
      ?.split('\n')
      .map(({ length }) => length),
  ).toEqual(text.split('\n').map(({ length }) => length));
});

it('says for every refused word what to write instead', () => {
  expect(rules.filter(({ instead }) => instead.trim() === '')).toEqual([]);
  expect(rules.length).toBeGreaterThan(50);
});
