import { checkExpression } from '../check/check-expression.js';
import { shippedLanguage } from '../shipped-language.js';
import { publishedEscapes } from '../testing/escapes-corpus.js';
import { shippedBundle } from '../testing/shipped.js';
import type { FunctionScope } from './asset-function.js';
import { flowCheckEnvironment, runEnvironment } from './environments.js';
import { StepBudget } from './step-budget.js';

/**
 * Escapes from expression languages that were published, each setting a mark on the global object where it works. Two walls: the check of
 * assets, and, behind it, the evaluation itself, which is tried without the check.
 */
const marks = globalThis as unknown as { escaped?: unknown };
const [record] = [...shippedLanguage().events.values()];
const profile = [...shippedBundle().flows.values()].flat()[0]?.profile as FunctionScope['profile'];
const scope = (): FunctionScope => ({
  profile,
  tables: new Map(),
  roles: new Map(),
  capabilities: new Set(),
  run: { steps: new Map(), answers: new Map(), budget: new StepBudget() },
});
/** What an event holds: plain data, with names that JavaScript gives a meaning. */
const context = () => ({
  event: { name: 'Ada', list: ['a', 'b'], metadata: new Map([['constructor', 'x']]), nested: { amount: 1n } },
  eventType: 'ar.payment-received',
  postingKey: 'k',
  document: { text: 't' },
});

function isPlain(value: unknown, depth = 0): boolean {
  if (value === null || ['string', 'boolean', 'bigint', 'number'].includes(typeof value)) return true;
  if (typeof value !== 'object' || depth > 5) return false;
  if (value instanceof Map) return [...value].flat().every((one) => isPlain(one, depth + 1));
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    (Array.isArray(value) || prototype === Object.prototype || prototype === null) &&
    Object.values(value).every((one) => isPlain(one, depth + 1))
  );
}

const before = Object.getOwnPropertyNames(Object.prototype);
afterEach(() => {
  expect(marks.escaped).toBeUndefined();
  expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
});

it('the corpus has each kind of engine', () => {
  expect(publishedEscapes.length).toBeGreaterThanOrEqual(80);
  expect(new Set(publishedEscapes.map(([engine]) => engine)).size).toBeGreaterThanOrEqual(10);
});

/** A key of a literal map, which has no such key: an error when it is evaluated. */
const plainKey = "{'a': 1}['__proto__']";

it.each(publishedEscapes.filter(([, text]) => text !== plainKey))('%s: the check of assets refuses %s', (_engine, text) => {
  const expression = { path: 'assets/flow.yaml', line: 1, column: 1, indent: undefined, text };
  const environment = flowCheckEnvironment(shippedLanguage(), record as NonNullable<typeof record>);
  const rules = { environment, types: ['string', 'bool', 'int', 'Money'], expectedLabel: 'a value', names: [], tables: [] };
  expect(checkExpression(expression, rules)).not.toEqual([]);
});

it.each(publishedEscapes)('%s: evaluated without the check, %s gives an error or plain data', (_engine, text) => {
  let value: unknown = null;
  try {
    value = runEnvironment(scope())(text, 'a test')(context());
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
  }
  expect(isPlain(value)).toBe(true);
});

it('finds an escape that works', () => {
  expect(isPlain(Function)).toBe(false);
  expect(isPlain({ at: () => 1 })).toBe(false);
  expect(isPlain(process)).toBe(false);
  expect(isPlain(context())).toBe(true);
});
