import { readLanguage } from './language.js';

const field = (name: string, type: unknown, more: object = {}): object => ({ name, type, doc: 'Doc.', ...more });
const file = (path: string, fields: readonly object[], more: object = {}): { path: string; text: string } => {
  const [folder, name] = path.replace('.avsc', '').split('/');
  return { path, text: JSON.stringify({ type: 'record', namespace: `tributary.${folder}`, name, doc: 'Doc.', fields, ...more }) };
};

it('reads records that refer to each other', () => {
  const language = readLanguage([file('b/Two.avsc', [field('one', 'tributary.a.One')]), file('a/One.avsc', [field('text', 'string')])]);
  expect([...language.keys()]).toEqual(['tributary.a.One', 'tributary.b.Two']);
});

it.each([
  ['a field without a doc', [file('a/One.avsc', [{ name: 'text', type: 'string' }])], 'tributary.a.One.text has no doc'],
  ['a record without a doc', [file('a/One.avsc', [], { doc: undefined })], 'has no doc'],
  ['a floating point number', [file('a/One.avsc', [field('rate', 'double')])], '"double" is not a type of the language'],
  ['an enum', [file('a/One.avsc', [field('state', { type: 'enum', name: 'State', symbols: ['A'] })])], 'is not a type of the language'],
  ['a nullable field without a default', [file('a/One.avsc', [field('text', ['null', 'string'])])], 'has the default null'],
  ['an unknown record', [file('a/One.avsc', [field('other', 'tributary.a.Two')])], 'there is no tributary.a.Two'],
  [
    'an unknown logical type',
    [file('a/One.avsc', [field('at', { type: 'long', logicalType: 'timestamp-micros' })])],
    'is not a type of the language',
  ],
  ['a file in the wrong folder', [{ ...file('a/One.avsc', []), path: 'b/One.avsc' }], 'belongs into a/One.avsc'],
  ['two records of one short name', [file('a/One.avsc', []), file('b/One.avsc', [])], 'has the same short name'],
  [
    'a record inside another',
    [file('a/One.avsc', [field('two', { type: 'record', name: 'Two', fields: [] })])],
    'belongs into a file of its own',
  ],
  ['text that is no JSON', [{ path: 'a/One.avsc', text: '{' }], 'a/One.avsc is no JSON'],
])('refuses %s', (_what, files, message) => {
  expect(() => readLanguage(files)).toThrow(message);
});

it('names every problem at once', () => {
  const files = [file('a/One.avsc', [field('rate', 'double')]), file('a/Two.avsc', [{ name: 'text', type: 'string' }])];
  expect(() => readLanguage(files)).toThrow(/a\.One\.rate[\s\S]*a\.Two\.text/);
});
