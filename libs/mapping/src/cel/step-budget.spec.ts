import fc from 'fast-check';
import { MappingBudgetError } from '../errors.js';
import { costProblems } from '../check/check-cost.js';
import { smallLanguage } from '../testing/language.js';
import { flowCheckEnvironment, runEnvironment } from './environments.js';
import type { FunctionScope } from './asset-function.js';
import { costOf, stepsOf } from './expression-cost.js';
import { matchesLinear } from './linear-matches.js';
import { StepBudget, stepsPerEvent } from './step-budget.js';

const [event] = [...smallLanguage.events.values()];
const environment = flowCheckEnvironment(smallLanguage, event as NonNullable<typeof event>);
const astOf = (text: string) => environment.parse(text).ast;
const problemsOf = (text: string): string[] => costProblems(astOf(text)).map(({ message }) => message);
const scope = {
  profile: {},
  tables: new Map(),
  roles: new Map(),
  capabilities: new Set(),
  run: { steps: new Map(), answers: new Map(), budget: new StepBudget() },
} as unknown as FunctionScope;
const evaluated = (text: string, context: Record<string, unknown> = {}): unknown => runEnvironment(scope)(text, 'a test')(context);
beforeEach(() => void (scope.run.budget = new StepBudget()));

describe('loops', () => {
  const list = '[1, 2, 3, 4]';

  it('may stand in each other twice and not deeper', () => {
    expect(problemsOf(`${list}.map(a, ${list}.map(b, a + b))`)).toEqual([]);
    expect(problemsOf(`${list}.map(a, ${list}.map(b, ${list}.exists(c, c > a + b)))`)).toEqual([
      'expected at most 2 loops inside each other; got 3',
    ]);
  });

  it('beside each other are counted once', () => {
    expect(costOf(astOf(`${list}.map(a, a).filter(b, b > 1).exists(c, c > 2)`)).loops).toBe(1);
  });

  it('over more than an event may take are refused before they begin', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => BigInt(n));
    expect(() => evaluated('many.map(a, many.exists(b, a == b))', { many })).toThrow(MappingBudgetError);
    expect(() => evaluated('many.map(a, many.exists(b, a == b))', { many })).toThrow('a test');
    scope.run.budget = new StepBudget();
    expect(evaluated('many.exists(a, a == 9999)', { many })).toBe(true);
  });

  it('over the parts of a text are counted by its length', () => {
    const text = 'a,'.repeat(5_000);
    expect(() => evaluated("text.split(',').map(a, text.split(',').exists(b, a == b))", { text })).toThrow(MappingBudgetError);
  });
});

it('all expressions of an event share its steps', () => {
  const many = Array.from({ length: 1_000 }, (_, n) => BigInt(n));
  const { nodes } = costOf(astOf('[1].map(a, a > 1)'));
  expect(() => {
    for (let run = 0; run <= stepsPerEvent; run += 1_000) evaluated('many.map(a, a > 1)', { many });
  }).toThrow(MappingBudgetError);
  expect(nodes).toBeGreaterThan(3);
});

it('never charges less than the steps that an interpreter makes', () => {
  const length = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(length, length, (outer, inner) => {
      const context = { a: Array<bigint>(outer).fill(1n), b: Array<bigint>(inner).fill(2n) };
      return stepsOf(costOf(astOf('[1].map(x, [1].map(y, x + y))')), context) >= outer * inner;
    }),
  );
});

it('refuses variables that double a text some dozen times over', () => {
  expect(problemsOf("cel.bind(a, 'x' + 'x', cel.bind(b, a + a, b + b))")).toEqual(
    expect.arrayContaining(['expected no cel.bind(): write the value out']),
  );
});

describe('matches()', () => {
  it.each([
    ['a back reference', String.raw`'x'.matches('(a)\\1')`],
    ['a look-ahead', "'x'.matches('(?=a)b')"],
    ['a pattern that is none', "'x'.matches('(')"],
  ])('refuses %s when assets are checked', (_what, text) => {
    expect(problemsOf(text)).toEqual([expect.stringContaining('expected a pattern in the syntax of RE2')]);
  });

  it('refuses a pattern that an event brings along', () => {
    expect(problemsOf("'x'.matches(eventType)")).toEqual(['expected the pattern of matches() as plain text']);
  });

  it('is evaluated by RE2, which has flags inside of a pattern, and answers for patterns that a backtracking search never ends with', () => {
    expect(evaluated("'ORDER-1'.matches('(?i)order-[0-9]+')")).toBe(true);
    expect(evaluated("text.matches('^(a+)+$')", { text: `${'a'.repeat(2_000)}b` })).toBe(false);
    expect(evaluated("['a', 'bb'].exists(x, x.matches('^b+$'))")).toBe(true);
  });

  it('compares a text only', () => {
    expect(() => evaluated("nothing.matches('a')", { nothing: null })).toThrow('a test');
  });

  it('says of simple patterns what a search of JavaScript says', () => {
    const part = fc.constantFrom('a', 'b', '[ab]', '[^a]', '\\d', '.', 'a*', 'b+', 'a?', '(ab|ba)', '(a|b){1,3}', '^', '$');
    const pattern = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab1-]{0,12}$/), (one, text) => matchesLinear(text, one) === new RegExp(one).test(text)),
    );
  });
});
