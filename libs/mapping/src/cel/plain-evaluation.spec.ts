import { plainEvaluation } from './plain-evaluation.js';

const interpreter = (): unknown => 'interpreted';
const value = (text: string, context: Record<string, unknown> = {}): unknown => plainEvaluation(text, interpreter)(context);

it.each<[string, unknown]>([
  [`'PayInv'`, 'PayInv'],
  ['true', true],
  ['false', false],
  ['document.amount.minor', 5n],
  ['document.nothing', null],
])('evaluates %s by itself', (text, expected) => {
  expect(value(text, { document: { amount: { minor: 5n }, nothing: null } })).toBe(expected);
});

it.each([
  ['an expression', '1 + 1'],
  ['a call', 'f(document)'],
  ['an escape', String.raw`'a\'b'`],
  ['null', 'null'],
  ['a field that is not there', 'document.other'],
  ['a field of nothing', 'document.nothing.field'],
  ['a name of JavaScript', 'document.constructor'],
  ['a key of a map', 'document.metadata.key'],
])('leaves %s to the interpreter', (_, text) => {
  expect(value(text, { document: { nothing: null, metadata: new Map([['key', 'x']]) } })).toBe('interpreted');
});
