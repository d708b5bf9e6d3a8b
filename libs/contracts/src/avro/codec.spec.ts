import fc from 'fast-check';
import { namedTypes } from '../generated/schemas.js';
import type { PostingRequested } from '../generated/types.js';
import { ContractError, decodeAvro, encodeAvro, schemaOf } from './codec.js';
import { isArray, isMap, isRecord, isUnion } from './schema.js';
import type { AvroRecord, AvroSchema } from './schema.js';

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const text = fc.string({ unit: 'binary', maxLength: 20 });
/** The one key that does not survive, see the test below. */
const key = text.filter((name) => name !== '__proto__');

/** Arbitrary values of a schema, as TypeScript sees them. Written by hand from the Avro specification, not from the codec. */
function valuesOf(schema: AvroSchema): fc.Arbitrary<unknown> {
  if (typeof schema === 'string') return primitiveOrRecord(schema);
  if (isUnion(schema)) return fc.oneof(...schema.map(valuesOf));
  if (isArray(schema)) return fc.array(valuesOf(schema.items), { maxLength: 3 });
  if (isMap(schema)) return fc.dictionary(key, valuesOf(schema.values), { maxKeys: 3, noNullPrototype: true });
  if (isRecord(schema)) return fc.record(Object.fromEntries(schema.fields.map((field) => [field.name, valuesOf(field.type)])));
  return schema.logicalType === 'timestamp-millis' ? fc.maxSafeInteger() : long;
}

function primitiveOrRecord(name: string): fc.Arbitrary<unknown> {
  const named = namedTypes[name];
  if (named) return valuesOf(named);
  const primitives: Record<string, fc.Arbitrary<unknown>> = {
    null: fc.constant(null),
    string: text,
    boolean: fc.boolean(),
    int: fc.integer(),
    long: fc.maxSafeInteger(),
  };
  const arbitrary = primitives[name];
  if (!arbitrary) throw new Error(`no arbitrary for ${name}`);
  return arbitrary;
}

it.each(Object.keys(namedTypes))('gives back every %s that it wrote', (record) => {
  fc.assert(
    fc.property(valuesOf(namedTypes[record] as AvroRecord), (value) => {
      expect({ ...(decodeAvro(record, encodeAvro(record, value)) as object) }).toEqual(value);
    }),
    { numRuns: 40 },
  );
});

// Bytes by hand from the Avro specification: zigzag, then seven bits a byte, least significant first.
it.each([
  { minor: 0n, bytes: [0x00] },
  { minor: -1n, bytes: [0x01] },
  { minor: 29_429n, bytes: [0xea, 0xcb, 0x03] },
  { minor: 2n ** 53n + 1n, bytes: [0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20] },
  { minor: 2n ** 63n - 1n, bytes: [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01] },
  { minor: -(2n ** 63n), bytes: [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01] },
])('writes $minor minor units without losing one (I5)', ({ minor, bytes }) => {
  const encoded = encodeAvro('tributary.common.Money', { minor, currency: 'USD' });
  expect([...encoded]).toEqual([...bytes, 6, ...Buffer.from('USD')]);
  expect(decodeAvro('tributary.common.Money', encoded)).toEqual({ minor, currency: 'USD' });
});

it.each([2n ** 63n, -(2n ** 63n) - 1n, 5, '5', null, undefined])('refuses %p as minor units', (minor) => {
  expect(() => encodeAvro('tributary.common.Money', { minor, currency: 'USD' })).toThrow(
    /^encoding tributary\.common\.Money: minor should be long and is /,
  );
});

const request: PostingRequested = {
  postingKey: 'kinetic-main/cash-receipt/ch_1',
  target: 'kinetic-main',
  kind: 'cash-receipt',
  protocol: 'create-once',
  canonicalEventId: '5b0c1d3e-0000-5000-8000-000000000001',
  sourceEventId: 'evt_1',
  sequence: 'pi_1',
  version: 2n ** 62n,
  dependsOn: [],
  references: [],
  shape: 'epicor-kinetic/cash-receipt',
  fields: { text: '1', whole: 1n, yes: true, no: false, nothing: null, empty: '' },
  amount: null,
  flow: 'payments',
  mappingVersion: '1',
  digest: '00',
  lines: [],
  needs: [],
  effect: [],
  onClosedPeriod: null,
  release: null,
  requestedAt: 1_788_276_641_000,
};

it('keeps text, whole number, boolean and nothing apart in the fields of a document', () => {
  const record = 'tributary.postings.PostingRequested';
  expect({ ...(decodeAvro(record, encodeAvro(record, request)) as object) }).toEqual(request);
});

it('refuses a JavaScript number in the fields of a document', () => {
  expect(() => encodeAvro('tributary.postings.PostingRequested', { ...request, fields: { amount: 12.5 } })).toThrow(/fields\.amount/);
});

it('names the field that does not fit and never its value (I8)', () => {
  const attempt = (): unknown => encodeAvro('tributary.common.Money', { minor: 1n, currency: ['4242424242424242'] });
  expect(attempt).toThrow(ContractError);
  expect(attempt).toThrow(/^encoding tributary\.common\.Money: currency should be string and is an array$/);
  expect(attempt).toThrow(expect.not.objectContaining({ cause: expect.anything() }));
});

it('refuses bytes that hold something else, and records that are not of the language', () => {
  expect(() => decodeAvro('tributary.common.Money', Buffer.from([0x02]))).toThrow(
    'decoding tributary.common.Money: 1 bytes do not hold one',
  );
  expect(() => decodeAvro('tributary.common.Money', Buffer.from([0, 6, 85, 83, 68, 1]))).toThrow(ContractError);
  expect(() => schemaOf('tributary.common.Bitcoin')).toThrow('the language has no such record');
});

it('reads what an older and a newer version wrote', () => {
  const money = schemaOf('tributary.common.Money');
  const newer = { ...money, fields: [...money.fields, { name: 'note', type: ['null', 'string'], default: null }] };
  // minor 2, currency USD, note present ("a")
  const bytes = Buffer.from([4, 6, 85, 83, 68, 2, 2, 97]);
  expect(decodeAvro('tributary.common.Money', bytes, JSON.stringify(newer))).toEqual({ minor: 2n, currency: 'USD' });
});

it('refuses to read with a writer schema that does not fit', () => {
  const other = JSON.stringify({
    type: 'record',
    name: 'Money',
    namespace: 'tributary.common',
    fields: [{ name: 'minor', type: 'string' }],
  });
  expect(() => decodeAvro('tributary.common.Money', Buffer.from([0]), other)).toThrow('does not fit');
});

it('loses a map entry that is called __proto__, and touches no prototype', () => {
  const record = 'tributary.postings.PostingRequested';
  const fields = JSON.parse('{"__proto__": "x", "CustID": "STR1"}') as PostingRequested['fields'];
  const decoded = decodeAvro(record, encodeAvro(record, { ...request, fields })) as PostingRequested;
  expect(decoded.fields).toEqual({ CustID: 'STR1' });
  expect(Object.getPrototypeOf(decoded.fields)).toBe(Object.prototype);
});

// A client of the registry may give back a writer schema without the attributes that Avro itself does not know.
it.each(['tributary.ar.PaymentReceived', 'tributary.postings.PostingRequested', 'tributary.treasury.PayoutReconciled'])(
  'reads %s with a writer schema that has lost docs and logical types',
  (record) => {
    const lost = JSON.stringify(schemaOf(record), (key, value: unknown) => (key === 'doc' || key === 'logicalType' ? undefined : value));
    expect(lost).not.toContain('minor-units');
    fc.assert(
      fc.property(valuesOf(namedTypes[record] as AvroRecord), (value) => {
        expect({ ...(decodeAvro(record, encodeAvro(record, value), lost) as object) }).toEqual(value);
      }),
      { numRuns: 40 },
    );
  },
);
