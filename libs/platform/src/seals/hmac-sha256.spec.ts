import { createHmac, createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { hmacSha256 } from './hmac-sha256.js';

const text = fc.string({ unit: 'binary', maxLength: 200 });
const encoding = fc.constantFrom('binary' as const, 'hex' as const, 'base64url' as const);

it('is what createHmac makes of any key, text and bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 150 }), text, fc.option(fc.uint8Array()), encoding, (secret, head, bytes, as) => {
      const key = createSecretKey(secret);
      const oracle = createHmac('sha256', key).update(head);
      if (bytes) oracle.update(bytes);
      expect(hmacSha256(key).of(head, bytes, as)).toBe(oracle.digest(as));
    }),
  );
});

it.each([0, 1, 63, 64, 65, 2_048, 65_000, 65_471, 65_472, 65_473, 1_048_576])(
  'also of %i bytes, and no call leaves anything to the next',
  (size) => {
    const [one, other] = [createSecretKey(Buffer.alloc(32, 1)), createSecretKey(Buffer.alloc(100, 2))];
    const bytes = Buffer.alloc(size, 'x');
    const expected = (key: typeof one, part: Buffer): string => createHmac('sha256', key).update('é.').update(part).digest('hex');
    for (const part of [bytes, bytes.subarray(0, size >> 1), bytes])
      for (const key of [one, other]) expect(hmacSha256(key).of('é.', part, 'hex')).toBe(expected(key, part));
  },
);

it('signs text with unpaired surrogates as createHmac does', () => {
  const key = createSecretKey(Buffer.alloc(32, 3));
  for (const broken of ['\ud800', 'a\udc00b', '\udfff\ud800'])
    expect(hmacSha256(key).of(broken, null, 'hex')).toBe(createHmac('sha256', key).update(broken).digest('hex'));
});
