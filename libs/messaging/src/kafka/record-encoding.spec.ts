import { createRequire } from 'node:module';
import fc from 'fast-check';
import { encodeRecord, encodeRecordOfClient, patchRecordEncoding } from './record-encoding.js';
import type { RecordToEncode } from './record-encoding.js';

const require = createRequire(import.meta.url);
const bytes = fc.uint8Array({ maxLength: 3_000 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'binary', maxLength: 200 });
const record: fc.Arbitrary<RecordToEncode> = fc.record({
  offsetDelta: fc.nat(1_000_000),
  timestampDelta: fc.oneof(fc.constant(0), fc.integer(), fc.maxSafeInteger()),
  key: fc.option(fc.oneof(bytes, text)),
  value: fc.option(fc.oneof(bytes, text)),
  headers: fc.dictionary(text, fc.oneof(bytes, text, fc.array(text, { maxLength: 3 })), { maxKeys: 20 }),
});

it('makes the bytes that the client makes of any record', () => {
  fc.assert(fc.property(record, (each) => expect(encodeRecord(each).buffer.equals(encodeRecordOfClient(each).buffer)).toBe(true)));
});

it('makes the same bytes where all headers are plain text, and where one is not', () => {
  const plain = fc.stringMatching(/^[ -~]{0,70}$/);
  const header = fc.oneof(
    { weight: 20, arbitrary: plain },
    { weight: 1, arbitrary: fc.oneof(text, bytes, fc.constant('é'), fc.constant('\x7f\x80')) },
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.oneof({ weight: 20, arbitrary: plain }, { weight: 1, arbitrary: text }), header, { maxKeys: 20 }),
      (headers) => {
        const each = { key: 'k', value: Buffer.from('v'), headers };
        expect(encodeRecord(each).buffer.equals(encodeRecordOfClient(each).buffer)).toBe(true);
      },
    ),
  );
});

it.each([0, 63, 64, 1_023, 1_024, 8_191, 8_192, 20_000])('agrees where a plain header or its name has the length %i', (length) => {
  const each = { key: 'k', value: null, headers: { a: 'x'.repeat(length), ['n'.repeat(length)]: 'y' } };
  expect(encodeRecord(each).buffer.equals(encodeRecordOfClient(each).buffer)).toBe(true);
});

it.each([0, 63, 64, 127, 128, 8_191, 8_192, 100_000])('agrees where a length of %i takes another byte', (length) => {
  const each = { key: 'k'.repeat(length), value: Buffer.alloc(length, 1), headers: { ['h'.repeat(length)]: Buffer.alloc(length, 2) } };
  expect(encodeRecord(each).buffer.equals(encodeRecordOfClient(each).buffer)).toBe(true);
});

it('is what the requests of the client use, whose buffers grow without being filled', () => {
  patchRecordEncoding();
  expect(require('kafkajs/src/protocol/recordBatch/record/v0')).toBe(encodeRecord);
  const Encoder = require('kafkajs/src/protocol/encoder') as new (size?: number) => { writeBuffer(buffer: Buffer): { buffer: Buffer } };
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 10 }), (parts) => {
      const encoder = new Encoder(1);
      for (const part of parts) encoder.writeBuffer(part);
      expect(encoder.writeBuffer(Buffer.alloc(0)).buffer.equals(Buffer.concat(parts))).toBe(true);
    }),
  );
});
