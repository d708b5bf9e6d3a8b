import { fullNameOf, isArray, isMap, isRecord, isReference, isUnion, schemaOf } from '@tributary/contracts';
import type { AvroRecord, AvroSchema } from '@tributary/contracts';
import fc from 'fast-check';

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
/** Text as JavaScript can hold it: any code points, and sequences of UTF-16 units with unpaired surrogates and U+0000 among them. */
const text = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), { maxLength: 6 })
      .map((units) => String.fromCharCode(...units)),
  },
);
/** Keys that stay apart when they are made well-formed; JavaScript itself cannot keep an entry called `__proto__` in a decoded map. */
const key = fc.string({ unit: 'binary', maxLength: 12 }).filter((name) => name !== '__proto__');

/** Arbitrary values of a record, as a handler would publish them. */
export function valuesOf(record: string): fc.Arbitrary<unknown> {
  const known = new Map<string, fc.Arbitrary<unknown>>();
  const of = (schema: AvroSchema): fc.Arbitrary<unknown> => {
    if (isUnion(schema)) return fc.oneof(...schema.map(of));
    if (isReference(schema)) return known.get(schema) as fc.Arbitrary<unknown>;
    if (isRecord(schema)) return recordOf(schema);
    if (isArray(schema)) return fc.array(of(schema.items), { maxLength: 2 });
    if (isMap(schema)) return fc.dictionary(key, of(schema.values), { maxKeys: 2, noNullPrototype: true });
    if (typeof schema === 'string') return primitives[schema] as fc.Arbitrary<unknown>;
    return schema.logicalType === 'timestamp-millis' ? fc.maxSafeInteger() : long;
  };
  const recordOf = (schema: AvroRecord): fc.Arbitrary<unknown> => {
    const values = fc.record(Object.fromEntries(schema.fields.map(({ name, type }) => [name, of(type)])));
    known.set(fullNameOf(schema), values);
    return values;
  };
  return of(schemaOf(record));
}

const primitives: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  null: fc.constant(null),
  boolean: fc.boolean(),
  string: text,
  int: fc.integer(),
  long: fc.maxSafeInteger(),
};
