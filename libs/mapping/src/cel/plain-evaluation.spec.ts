import { Environment } from '@marcbachmann/cel-js';
import fc from 'fast-check';
import type { Evaluate } from './evaluate.js';
import { functionKey, plainEvaluation } from './plain-evaluation.js';
import type { BoundFunction } from './plain-evaluation.js';

const functions = new Map<string, BoundFunction>([
  [functionKey('first', 2), (left, right) => left ?? right ?? null],
  [functionKey('refuse', 1), (value) => (value === null ? fail() : value)],
]);
const environment = new Environment({ unlistedVariablesAreDyn: true });
environment.registerFunction('first(dyn, dyn): dyn', functions.get('first/2') as BoundFunction);
environment.registerFunction('refuse(dyn): dyn', functions.get('refuse/1') as BoundFunction);

function fail(): never {
  throw new Error('refused');
}

const plain = (text: string, otherwise: Evaluate): Evaluate => plainEvaluation(environment.parse(text).ast, functions, otherwise);
const value = (text: string, context: Record<string, unknown> = {}): unknown => plain(text, () => 'interpreted')(context);
const context = { document: { amount: { minor: 5n }, nothing: null, name: 'a', metadata: new Map([['key', 'x']]) } };

it.each<[string, unknown]>([
  [`'PayInv'`, 'PayInv'],
  [String.raw`'a\'b'`, `a'b`],
  ['true', true],
  ['document.amount.minor', 5n],
  ['document.nothing', null],
  [`first(document.nothing, 'x')`, 'x'],
  [`first(first(document.nothing, 'y'), 'x')`, 'y'],
  [`document.name == 'a' && !(document.amount.minor > 5) ? 1 : 2`, 1n],
  [`document.name in ['b', 'a']`, true],
  [`document.name != 'a' || document.amount.minor <= 4`, false],
])('evaluates %s by itself', (text, expected) => {
  expect(value(text, context)).toBe(expected);
});

it.each([
  ['arithmetic', '1 + 1'],
  ['a function of CEL', 'size(document.name)'],
  ['null', 'null'],
  ['a field that is not there', 'document.other'],
  ['a field of nothing', 'document.nothing.field'],
  ['a name of JavaScript', 'document.constructor'],
  ['a key of a map', 'document.metadata.key'],
  ['a call that fails', 'refuse(document.nothing)'],
  ['a condition that is none', `document.name ? 1 : 2`],
  ['values of two types', `document.name == document.amount.minor`],
])('leaves %s to the interpreter', (_, text) => {
  expect(value(text, context)).toBe('interpreted');
});

// The oracle is the interpreter: whatever the expression, the value is the same, or the error is its own.
const leaf = fc.constantFrom(`'a'`, `'b'`, 'true', 'false', '0', '5', 'x', 'y', 'r.a', 'r.b', 'r.c.d', 'none');
const expression = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    leaf,
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `first(${a}, ${b})`),
    tie('any').map((a) => `refuse(${a})`),
    tie('any').map((a) => `!(${a})`),
    tie('any').map((a) => `(${a} in ['a', 'c'])`),
    fc
      .tuple(tie('any'), fc.constantFrom('==', '!=', '<', '<=', '>', '>=', '&&', '||', '+'), tie('any'))
      .map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie('any'), tie('any'), tie('any')).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
})).any;
const anyValue = fc.constantFrom<unknown>('a', 'b', true, false, 0n, 5n, null, undefined);
const values = fc.record({ x: anyValue, y: anyValue, r: fc.record({ a: anyValue, b: anyValue, c: fc.record({ d: anyValue }) }) });

it('gives what the interpreter gives, for any expression and any values', () => {
  let byItself = 0;
  fc.assert(
    fc.property(expression, values, (text, given) => {
      const program = environment.parse(text);
      fc.pre(program.check().valid); // as every expression of assets is, before it runs
      let asked = false;
      const evaluate = plain(text, (one) => {
        asked = true;
        return program(one) as unknown;
      });
      const outcome = (run: () => unknown): unknown => {
        try {
          return { value: run() };
        } catch (error) {
          return { error: error instanceof Error ? error.message.split('\n')[0] : error };
        }
      };
      expect(outcome(() => evaluate(given))).toEqual(outcome(() => program(given)));
      if (!asked) byItself += 1;
    }),
    { numRuns: 5_000 },
  );
  expect(byItself).toBeGreaterThan(500);
});
