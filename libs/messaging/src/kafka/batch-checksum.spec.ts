import fc from 'fast-check';
import { batchChecksum, checksumOfClient } from './batch-checksum.js';

const missing = (): never => {
  throw new Error('Cannot find native binding');
};

it('is the checksum of RFC 3720, B.4', () => {
  const ascending = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
  for (const checksum of [batchChecksum(), batchChecksum(missing)])
    expect([Buffer.alloc(32), Buffer.alloc(32, 0xff), ascending, Buffer.from('123456789')].map((bytes) => checksum(bytes))).toEqual([
      0x8a9136aa, 0x62a8ab43, 0x46dd794e, 0xe3069283,
    ]);
});

it('is the checksum of the client for any bytes, also for a part of a larger buffer', () => {
  const checksum = batchChecksum();
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.nat(100), (array, from) => {
      const bytes = Buffer.from(array).subarray(from);
      expect(checksum(bytes)).toBe(checksumOfClient(bytes));
    }),
  );
});

it('is that of the client where the package is not built for the platform', () => {
  expect(batchChecksum(missing)).toBe(checksumOfClient);
});
