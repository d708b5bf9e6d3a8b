import fc from 'fast-check';
import { decodeAvro, encodeAvro } from './codec.js';
import { wellFormed } from './well-formed.js';

/** Any sequence of UTF-16 code units, unpaired surrogates among them. */
const utf16 = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd800, max: 0xdfff })), { maxLength: 100 })
  .map((units) => String.fromCharCode(...units));
const strict = new TextDecoder('utf-8', { fatal: true });

const account = (id: string, name: string, reference: Record<string, string>): unknown => ({
  target: name,
  sourceSystem: 'stripe',
  sourceId: id,
  postingKey: name,
  reference,
});
const record = 'tributary.xref.CustomerCrossReferenced';

it('writes strings and map keys as UTF-8 that a strict reader accepts, whatever UTF-16 they hold', () => {
  fc.assert(
    fc.property(utf16, utf16, fc.dictionary(utf16, utf16, { maxKeys: 4, noNullPrototype: true }), (id, name, map) => {
      const reference = Object.fromEntries(Object.entries(map).filter(([key]) => key !== '__proto__'));
      const bytes = encodeAvro(record, account(id, name, reference));
      for (const text of avroTexts(bytes)) expect(() => strict.decode(text)).not.toThrow();
      const decoded = decodeAvro(record, bytes) as { sourceId: string; target: string; reference: Record<string, string> };
      expect([decoded.sourceId, decoded.target]).toEqual([id.toWellFormed(), name.toWellFormed()]);
      expect(Object.keys(decoded.reference)).toHaveLength(Object.keys(reference).length);
    }),
  );
});

/** The texts in the bytes of the record above: four strings, then blocks of a map. Written from the Avro specification. */
function avroTexts(bytes: Uint8Array): Uint8Array[] {
  let at = 0;
  const long = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
  };
  const text = (): Uint8Array => {
    const length = long();
    return bytes.subarray(at, (at += length));
  };
  const texts = [text(), text(), text(), text()];
  for (let entries = long(); entries !== 0; entries = long()) {
    if (entries < 0) long(); // size of the block in bytes
    for (let n = Math.abs(entries) * 2; n > 0; n -= 1) texts.push(text());
  }
  expect(at).toBe(bytes.length);
  return texts;
}

it('copies nothing and counts nothing where every text is well-formed', () => {
  const value = { a: ['x', { b: '\ud83d\ude00' }], n: 1n, none: null, bytes: new Uint8Array([0xd8]) };
  expect(wellFormed(value)).toEqual({ value, repaired: 0 });
  expect(wellFormed(value).value).toBe(value);
});

it('counts what it repaired, and keeps keys apart that look alike afterwards', () => {
  const { value, repaired } = wellFormed({ '\ud800': 'a', '\udc00': 'b\ud800', '\ufffd': 'c', list: ['\ud800', 'd'] });
  expect(repaired).toBe(4);
  expect(value).toEqual({ '\ufffd\ufffd': 'a', '\ufffd\ufffd\ufffd': 'b\ufffd', '\ufffd': 'c', list: ['\ufffd', 'd'] });
});

it('tells its caller how many texts of a record it repaired', () => {
  const counts: number[] = [];
  encodeAvro(record, account('\ud800', 'x', { '\udfff': 'y' }), (texts) => counts.push(texts));
  encodeAvro(record, account('x', 'x', {}), (texts) => counts.push(texts));
  expect(counts).toEqual([2]);
});
