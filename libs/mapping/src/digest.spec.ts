import { sha256Hex } from '@tributary/domain';
import fc from 'fast-check';
import { canonicalJson, documentDigest } from './digest.js';

it('is that of the canonical JSON of shape and fields, whatever the names and values', () => {
  const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('10', '2', '__proto__', 'constructor', 'CustNum', 'é'));
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.boolean(), fc.bigInt(), fc.constant(null));
  fc.assert(
    fc.property(fc.string(), fc.dictionary(name, value), (shape, fields) => {
      expect(documentDigest(shape, fields)).toBe(sha256Hex(canonicalJson({ shape, fields })));
    }),
    { numRuns: 2_000 },
  );
});

it('has rows in it only where a document has rows', () => {
  const line = { table: 'Detail', key: '1', fields: { Text: 'a' } };
  expect(documentDigest('s', { A: 'x' }, [])).toBe(sha256Hex('{"fields":{"A":"x"},"shape":"s"}'));
  expect(documentDigest('s', { A: 'x' }, [line])).toBe(
    sha256Hex('{"fields":{"A":"x"},"lines":[{"fields":{"Text":"a"},"key":"1","table":"Detail"}],"shape":"s"}'),
  );
});
