import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { maxJsonDepth } from './json-keys.js';
import { findJsonTextFault } from './json-text.js';
import type { JsonTextFault } from './json-text.js';

const faultOf = (text: string, limit: number): JsonTextFault | undefined => findJsonTextFault(Buffer.from(text), limit);
const deeper = (text: string, limit: number): boolean => faultOf(text, limit)?.fault === 'nested';
const repeatedAt = (text: string): number | undefined => {
  const found = faultOf(text, maxJsonDepth);
  return found?.fault === 'repeated-key' ? found.at : undefined;
};

/** Counted on the parsed value, the other way. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

it('counts arrays and objects that are open at once', () => {
  expect([deeper('[[{}]]', 3), deeper('[[{}]]', 2)]).toEqual([false, true]);
  expect(deeper(`${'['.repeat(1_000_000)}`, 64)).toBe(true);
  expect(deeper(`${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 64)).toBe(true);
  expect(deeper(`[${'{},'.repeat(500)}{}]`, 2)).toBe(false);
});

it('counts no bracket within a string, however its quotes are escaped', () => {
  for (const text of ['[[[[', '"[[[[', '\\"[[[[', '\\\\"[{[{', '\\', '\\\\'])
    expect([text, deeper(JSON.stringify([text, text]), 1)]).toEqual([text, false]);
});

it('agrees with the parsed value, whatever it is', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), fc.integer({ min: 0, max: 10 }), (text, limit) => {
      expect(faultOf(text, limit)).toEqual(depthOf(JSON.parse(text)) > limit ? { fault: 'nested' } : undefined);
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['in the outermost object', '{"a":1,"a":2}', 7],
  ['with the same value', '{"a":1, "a":1}', 8],
  ['further in', '[{"b":{"a":[],"c":0,"a":[]}}]', 20],
  ['after an object and an array that have the same key', '{"a":{"a":1},"b":[{"a":1}],"a":2}', 27],
  ['escaped the second time', '{"a":1,"\\u0061":2}', 7],
  ['escaped the first time', '{"\\u0061":1,"a":2}', 12],
  ['escaped in two ways', '{"\\/":1,"\\u002F":2}', 8],
  ['empty', '{"":1,"":2}', 6],
  ['__proto__', '{"__proto__":1,"__proto__":2}', 15],
  ['not ASCII', '{"é":1,"\\u00e9":2}', 8],
  ['half a surrogate pair', '{"\\ud800":1,"\\uD800":2}', 12],
  ['as the 128th key', `{${Array.from({ length: 128 }, (_, nr) => `"${(nr % 127) + 100}":0`).join()}}`, 1 + 127 * 8],
  ['as the 129th key', `{${Array.from({ length: 129 }, (_, nr) => `"${(nr % 128) + 100}":0`).join()}}`, 1 + 128 * 8],
  ['as the 130th key, escaped', `{${Array.from({ length: 129 }, (_, nr) => `"${nr + 100}":0`).join()},"\\u003100":0}`, 1 + 129 * 8],
  ['as the 100th key', `{${Array.from({ length: 100 }, (_, nr) => `"${(nr % 99) + 100}":0`).join()}}`, 1 + 99 * 8],
])('finds a key that stands twice: %s', (_, text, at) => {
  expect(repeatedAt(text)).toBe(at);
});

it.each([
  ['in objects beside and within each other', '[{"a":{"a":{"a":1}}},{"a":1}]'],
  ['as a key and as a value', '{"a":"a","b":["a","a",{"a":"b"}]}'],
  ['in a string', '{"a":"{\\"a\\":1,\\"a\\":2}"}'],
  ['in another object, with many others', `[${`{${Array.from({ length: 150 }, (_, nr) => `"${nr}":0`).join()}},`.repeat(3)}{}]`],
  ['as keys with the same hash', '{"Aa":1,"BB":2}'],
  ['in another case', '{"a":1,"A":2}'],
  ['with a blank', '{"a":1,"a ":2}'],
  ['escaped itself', '{"a":1,"\\\\u0061":2}'],
])('does not take for twice what stands %s', (_, text) => {
  expect(repeatedAt(text)).toBeUndefined();
});

it('agrees with a reader that goes through a text by recursion, whatever keys are escaped or repeated', () => {
  let repeated = 0;
  fc.assert(
    fc.property(fc.array(jsonText, { minLength: 3, maxLength: 8 }), (values) => {
      const text = `[${values.join()}]`;
      const expected = slowly(text);
      repeated += expected === undefined ? 0 : 1;
      expect([text, repeatedAt(text)]).toEqual([text, expected]);
    }),
    { numRuns: 2_000 },
  );
  expect(repeated).toBeGreaterThan(100);
});

it('finds nothing in any body of Stripe', () => {
  const folder = join(import.meta.dirname, '../../../../proof/fixtures/stripe');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(100);
  for (const name of files) expect([name, findJsonTextFault(readFileSync(join(folder, name)), maxJsonDepth)]).toEqual([name, undefined]);
});

it('never breaks, whatever the text', () => {
  const parts = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ',', ':', 'a', '\\u00', ' '), { maxLength: 60 });
  fc.assert(
    fc.property(parts, (all) => {
      const found = faultOf(all.join(''), 5);
      expect([undefined, 'nested', 'repeated-key']).toContain(found?.fault);
    }),
    { numRuns: 1_000 },
  );
});

/** JSON with few different keys, so that they repeat, each character written plainly or escaped. */
const character = fc.constantFrom('a', '\\u0061', 'b', '"', '\\\\', '{', ',').map((text) => (text === '"' ? '\\"' : text));
const text = fc.array(character, { maxLength: 2 }).map((all) => `"${all.join('')}"`);
const { value: jsonText } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.constantFrom('0', 'true', 'null', '{}', '[]'),
    fc.array(tie('value'), { maxLength: 3 }).map((all) => `[${all.join(' , ')}]`),
    fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((all) => `{${all.map(([key, held]) => `${key} :${held}`).join(', ')}}`),
  ),
}));

/** The offset of the first key that is there already, found by recursive descent and JSON.parse of each string alone. */
function slowly(json: string): number | undefined {
  let at = 0;
  let found: number | undefined;
  const blanks = (): void => void (at += /^\s*/.exec(json.slice(at))?.[0].length ?? 0);
  const take = (token: RegExp): string | undefined => {
    blanks();
    const taken = token.exec(json.slice(at))?.[0];
    at += taken?.length ?? 0;
    return taken;
  };
  const aString = /^"(?:[^"\\]|\\.)*"/;
  const value = (): void => {
    if (take(/^\{/)) {
      const seen: string[] = [];
      while (take(/^\}/) === undefined) {
        take(/^,/);
        blanks();
        const begin = at;
        const key = JSON.parse(take(aString) ?? '') as string;
        if (seen.includes(key)) found ??= begin;
        seen.push(key);
        take(/^:/);
        value();
      }
    } else if (take(/^\[/)) {
      while (take(/^\]/) === undefined) {
        take(/^,/);
        value();
      }
    } else if (take(aString) === undefined && take(/^[\w.+-]+/) === undefined) throw new Error(`no JSON at ${at}`);
  };
  value();
  return found;
}
