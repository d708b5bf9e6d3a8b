import fc from 'fast-check';
import { deadLetterHeaders } from './dead-letter-headers.js';
import { encodedMessage, lastHeaders, textHeaders } from './envelope.js';
import type { IncomingMessage } from './envelope.js';

/** Kafka's protocol allows header values that are null; our publisher refuses to write them, other producers do. */
const message: IncomingMessage = {
  topic: 'topic',
  partition: 0,
  offset: 1n,
  key: null,
  value: null,
  headers: { none: null, last: ['a', null], given: Buffer.from('x') },
  timestamp: 0,
};

it('reads a header without a value as an empty one', () => {
  expect(textHeaders(message.headers)).toEqual({ none: '', last: '', given: 'x' });
});

it('dead-letters a message with such headers: its dead letter has only values that the publisher accepts', () => {
  const failure = { disposition: 'reject', code: 'test.never', text: '', context: {}, attempts: 1, firstAt: 0, lastAt: 0 } as const;
  const headers = deadLetterHeaders(message, 'group', failure);
  expect(headers).toMatchObject({ none: Buffer.alloc(0), last: Buffer.alloc(0), given: Buffer.from('x') });
  expect(Object.values({ ...headers, ...lastHeaders(message.headers) })).not.toContain(null);
});

it('measures key, value and headers of any text or bytes, halves of surrogate pairs included', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const content = fc.oneof(
    text,
    fc.constantFrom('\ud83d', '\ude00'),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(fc.dictionary(text, content), fc.option(fc.uint8Array()), (headers, value) => {
      const parts = Object.entries(headers).map(([name, of]) => Buffer.byteLength(name) + Buffer.byteLength(of) + 4);
      const expected = parts.reduce((sum, bytes) => sum + bytes, 70 + 3 + (value?.length ?? 0));
      expect(encodedMessage(Buffer.from('key'), value && Buffer.from(value), headers).bytes).toBe(expected);
    }),
  );
});
