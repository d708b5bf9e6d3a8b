import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { parse, v5 } from 'uuid';
import { derivedEventId } from './event-id.js';
import { sha256Bytes, sha256Hex } from './hash.js';

// Independent implementations as oracles: digests and ids stand in ledgers and topics, so they never change.
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units)),
);

it('digests any text as an independent implementation does, unpaired surrogates included', () => {
  fc.assert(
    fc.property(text, (given) => {
      const expected = sha256(utf8ToBytes(given));
      expect(sha256Hex(given)).toBe(bytesToHex(expected));
      expect([...sha256Bytes(given)]).toEqual([...expected]);
    }),
    { numRuns: 2_000 },
  );
});

it('derives the UUIDv5 that an independent implementation derives', () => {
  const namespace = parse('3f0c1f0e-6f6e-4d5c-9a52-7f4b8d2f6c11');
  fc.assert(
    fc.property(text, text, fc.nat(9), (source, type, ordinal) => {
      expect(derivedEventId(source, type, ordinal)).toBe(v5(utf8ToBytes(`${source}|${type}|${ordinal}`), namespace));
    }),
    { numRuns: 2_000 },
  );
});
