import { findJsonTextFault, maxJsonDepth } from '@tributary/platform';
import fc from 'fast-check';
import { keysOf } from '../decide/keys.js';
import { fromStripeBody } from '../decide/stripe-event.js';
import { eventFixtures, fixturesOf } from '../testing/fixtures.js';
import { JsonFault } from './json-fault.js';
import { fieldsOf, readFields } from './json-fields.js';
import type { WantedFields } from './json-fields.js';
import { readBody } from './read-body.js';

const wanted: WantedFields = { a: {}, b: { a: {}, b: { é: {} } }, '"': {}, '': {} };
const fields = fieldsOf(wanted);

const stringToken = /"(?:[^"\\]|\\.)*"/gs;
const hidden = (token: string): string => {
  try {
    return `"${Buffer.from(JSON.parse(token) as string, 'utf16le').toString('hex')}"`;
  } catch {
    return token;
  }
};
const shown = (text: string): string => Buffer.from(text, 'hex').toString('utf16le');

/** What the reader is to answer for a parsed text whose strings are hidden. */
function wantedOf(value: unknown, names: WantedFields): unknown {
  if (typeof value === 'string') return shown(value);
  if (Array.isArray(value)) return [];
  if (typeof value !== 'object' || value === null) return value;
  const held = Object.entries(value).map(([name, within]) => [shown(name), within] as const);
  const read = held.filter(([name]) => Object.hasOwn(names, name));
  return Object.fromEntries(read.map(([name, within]) => [name, wantedOf(within, names[name] as WantedFields)]));
}

/**
 * The two readers' answers in one shape; all refusals are alike. Strings are written in hexadecimal for `JSON.parse`, since V8 13.6 reads an escaped
 * name as another one when an earlier object had that name at its place (`{"":1,"\u0061":2}`).
 */
function expected(text: string): unknown {
  if (findJsonTextFault(Buffer.from(text), maxJsonDepth)) return 'refused';
  try {
    return { value: wantedOf(JSON.parse(text.replace(stringToken, hidden)), wanted) };
  } catch {
    return 'refused';
  }
}
function answered(text: string): unknown {
  try {
    return { value: readFields(Buffer.from(text), fields) };
  } catch (error) {
    if (error instanceof JsonFault) return 'refused';
    throw error;
  }
}
function faultOf(text: string): unknown {
  try {
    readFields(Buffer.from(text), fields);
    return undefined;
  } catch (error) {
    return error instanceof JsonFault ? [error.fault, error.at] : error;
  }
}

const blanks = fc.constantFrom('', ' ', '\n\t', '\r');
const character = fc.constantFrom('a', '\\u0061', 'b', '\\"', '\\\\', '{', ',', 'é', '\\u00e9', '\\ud800', '😀', '\\/', '\u2028', '\u007f');
const string = fc.array(character, { maxLength: 2 }).map((all) => `"${all.join('')}"`);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc.constantFrom('0', '-0', '-0.0', '1e400', '-1E-400', '9007199254740993', '0.1e+1', '123456789012345678901234567890'),
);
const { value: json } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    string,
    number,
    fc.constantFrom('true', 'false', 'null', '{}', '[ ]'),
    fc.tuple(fc.array(tie('value'), { maxLength: 3 }), blanks).map(([all, blank]) => `[${all.join(`${blank},`)}${blank}]`),
    fc
      .tuple(fc.array(fc.tuple(string, tie('value')), { maxLength: 4 }), blanks)
      .map(([all, blank]) => `${blank}{${all.map(([key, held]) => `${blank}${key}${blank}:${blank}${held}`).join(`${blank},`)}}`),
  ),
}));

it('answers as JSON.parse does, whatever the text, and refuses what it refuses', () => {
  let taken = 0;
  fc.assert(
    fc.property(json, (text) => {
      const answer = answered(text);
      taken += answer === 'refused' ? 0 : 1;
      expect([text, answer]).toEqual([text, expected(text)]);
    }),
    { numRuns: 3_000 },
  );
  expect(taken).toBeGreaterThan(1_000);
});

it('refuses what JSON.parse refuses once a few characters of a text are others', () => {
  const change = fc.tuple(
    fc.nat(),
    fc.nat({ max: 2 }),
    fc.constantFrom('', '"', '\\', ',', ':', '{', ']', '0', 'e', '-', '.', '\n', '\u0000', '\u00a0', 'u'),
  );
  let refused = 0;
  fc.assert(
    fc.property(json, fc.array(change, { minLength: 1, maxLength: 3 }), (good, changes) => {
      const text = changes.reduce((before, [place, length, by]) => {
        const at = place % (before.length + 1);
        return before.slice(0, at) + by + before.slice(at + length);
      }, good);
      const whole = Buffer.from(text).toString('utf8'); // half a surrogate pair that was cut is no UTF-8
      const answer = answered(whole);
      refused += answer === 'refused' ? 1 : 0;
      expect([whole, answer]).toEqual([whole, expected(whole)]);
    }),
    { numRuns: 5_000 },
  );
  expect(refused).toBeGreaterThan(1_000);
});

it.each([
  ...[
    '',
    ' ',
    '-',
    '+1',
    '01',
    '-01',
    '1.',
    '.5',
    '1e',
    '1e+',
    '0x1',
    'NaN',
    'Infinity',
    'nul',
    'True',
    'truee',
    "'a'",
    '"a',
    '"\\',
    '"\\x"',
    '"\\u12g4"',
  ],
  ...[
    '"\\u123',
    '"\t"',
    '"\u0000"',
    '[',
    '[1',
    '[1,',
    '[1,]',
    '[,1]',
    '[1 2]',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{a:1}',
    '{1:1}',
  ],
  ...['{"a" 1}', '{"a":1 "b":2}', '{"a"}', '1 2', '{}}', '[]]', '\u00a01', '\ufeff{}', '\u000b1', '{"a":1}x', '/**/1', '[1]//'],
])('refuses %j, as JSON.parse does', (text) => {
  expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
  expect(faultOf(text)).toEqual(['no-json', expect.any(Number)]);
});

it('refuses every beginning of a body that is not its whole', () => {
  const body = Buffer.from(JSON.stringify(fixturesOf('events')[0]!.json));
  for (let length = 0; length < body.length; length += 1)
    expect(() => readFields(body.subarray(0, length), fields)).toThrow(expect.objectContaining({ fault: 'no-json' }));
});

it.each([
  ['a key that stands twice', '{"a":1,"b":{"c":1,"\\u0063":2}}', ['repeated-key', 18]],
  ['a wanted key that stands twice, the second time in an object that is not read', '[{"a":1,"a":1}]', ['repeated-key', 8]],
  ['a key that stands again in another object', '[{"a":{"a":1}},{"a":1}]', undefined],
  ['64 levels', `${'['.repeat(64)}${']'.repeat(64)}`, undefined],
  ['65 levels', `${'[{"a":'.repeat(33)}`, ['nested', 32 * 6]],
  ['a million levels', '['.repeat(1_000_000), ['nested', 64]],
])('says where %s is, if that is refused', (_, text, fault) => {
  expect(faultOf(text)).toEqual(fault);
});

it('makes no key that is not wanted, and changes no prototype', () => {
  const made = readFields(Buffer.from('{"__proto__":{"a":1},"constructor":1,"b":{"__proto__":2}}'), fields);
  expect(Reflect.ownKeys(made as object)).toEqual(['b']);
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
});

it('refuses names that it could not tell apart', () => {
  expect(() => fieldsOf({ Aa: {}, BB: {} })).toThrow('the same hash');
});

it('gives of every body of the fixtures what the door reads of the whole of it', () => {
  const read = (json: unknown): unknown => {
    try {
      const event = fromStripeBody(json);
      return { ...event, object: undefined, ...keysOf(event) };
    } catch (error) {
      return (error as Error).message;
    }
  };
  const all = fixturesOf('events', 'recorded', 'thin');
  for (const { file, bytes, json } of all) expect([file, read(readBody(bytes).json)]).toEqual([file, read(json)]);
  expect(all.length).toBeGreaterThan(eventFixtures().length);
});

it('gives the door the same keys, whatever an object has in their place', () => {
  const id = fc.constantFrom('ch_1', '', 1, null, {}, [], { id: 'pi_1' }, { id: { id: 'x' } }, [{ id: 'x' }], { payment_intent: 'pi_2' });
  const kind = fc.constantFrom('charge', 'payment_intent', 'customer', 'refund', 'tax_id', 'x', 7);
  const object = fc.record(
    { object: kind, id, customer: id, payment_intent: id, charge: id, payment: id, other: id },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(object, (held) => {
      const body = { object: 'event', id: 'evt_1', type: 't', created: 1, livemode: true, data: { object: held } };
      const event = fromStripeBody(readBody(Buffer.from(JSON.stringify(body))).json);
      expect(keysOf(event)).toEqual(keysOf(fromStripeBody(body)));
    }),
    { numRuns: 2_000 },
  );
});
