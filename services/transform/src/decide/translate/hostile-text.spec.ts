import { encodeAvro } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import fc from 'fast-check';
import { fixture, translateBody } from '../../testing/fixtures.js';
import { listed, mapperBodies } from '../../testing/mapper-bodies.js';
import type { Json } from '../stripe-model/stripe-event.js';
import { mappers } from './translate.js';
import type { Translated } from './translate.js';

/** One body for every type of event that is translated. */
const bodies = [...mapperBodies(), fixture('recorded/stripe-sync-engine/charge.refunded.json')];

/** Any sequence of UTF-16 units: what a JSON string can carry, halves of surrogate pairs included. */
const jsonText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x2f }), fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), {
    maxLength: 12,
  })
  .map((units) => String.fromCharCode(...units));
const anything = fc.oneof(jsonText, jsonText, fc.constantFrom(null, true, 0, -1, 1.5, 2 ** 53, 9e15), fc.constant([]), fc.constant({}));

type Path = readonly (string | number)[];

/** Paths of all values, and of all objects as places for one more key. */
function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const below = Object.entries(value).flatMap(([key, child]) => pathsIn(child, [...path, key]));
  return Array.isArray(value) ? below : [path, ...below];
}

function changed(body: Json, path: Path, value: unknown, key: string): Json {
  const copy = structuredClone(body);
  let place: Record<string, unknown> = copy;
  for (const step of path.slice(0, -1)) place = place[step] as Record<string, unknown>;
  const last = path.at(-1);
  const target = last === undefined ? copy : place[last];
  // A value is replaced; an object gets a key more.
  if (typeof target === 'object' && target !== null && !Array.isArray(target))
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else if (last !== undefined) place[last] = value;
  return copy;
}

function outcome(body: Json): Translated | undefined {
  try {
    return translateBody(body, listed);
  } catch (error) {
    // A dead letter with a code of ours; a bug has `internal.*`.
    expect(errorCodeOf(error)).not.toMatch(/^internal\./);
    return undefined;
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => [key, ...textsIn(child)]);
}

it('covers every mapper', () => {
  expect(new Set(bodies.map(({ type }) => type))).toEqual(new Set(Object.keys(mappers)));
});

it.each(bodies.map((body) => [String(body.type), body] as const))('of %s never reaches a fact', (_, body) => {
  const paths = pathsIn(body);
  fc.assert(
    fc.property(fc.constantFrom(...paths), anything, jsonText, (path, value, key) => {
      const translated = outcome(changed(body, path, value, key));
      for (const { event, value: fact, key: recordKey, sequence } of translated?.facts ?? []) {
        expect(encodeAvro(event.record ?? '', fact).byteLength).toBeGreaterThan(0);
        for (const text of [...textsIn(fact), recordKey, sequence]) expect(text).not.toMatch(/[\p{Cc}\p{Cs}]/u);
      }
    }),
    { numRuns: 300 },
  );
});

// Every number of every event, each with every extreme: facts carry counts in 32 bits and money in 64.
it.each(bodies.map((body) => [String(body.type), body] as const))('of %s takes or refuses any number in any place', (_, body) => {
  for (const path of pathsIn(body))
    for (const value of [-1, 0, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53]) {
      const target = path.reduce<unknown>((place, step) => (place as Record<string, unknown> | undefined)?.[step], body);
      if (typeof target !== 'number') continue;
      for (const { event, value: fact } of outcome(changed(body, path, value, 'x'))?.facts ?? [])
        expect(encodeAvro(event.record ?? '', fact).byteLength).toBeGreaterThan(0);
    }
});

it('keeps metadata whatever its keys are called', () => {
  const odd = JSON.parse(
    '{"__proto__":"x","constructor":"y","a.b":"z","к[0]":"1"," key ":"trimmed","\\u0000":"gone","key":"stays"}',
  ) as Json;
  const data = fixture('events/charge.succeeded.json').data as { object: Json };
  const body = { ...fixture('events/charge.succeeded.json'), data: { object: { ...data.object, metadata: odd } } };
  const { metadata } = translateBody(body).facts[0]?.value as { metadata: Record<string, string> };
  const kept = [
    ['__proto__', 'x'],
    ['constructor', 'y'],
    ['a.b', 'z'],
    ['к[0]', '1'],
    ['key', 'stays'],
  ];
  expect(Object.entries(metadata)).toEqual(kept);
});
