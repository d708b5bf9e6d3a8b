import { deadLetterHeaders } from './dead-letter-headers.js';
import { lastHeaders, textHeaders } from './envelope.js';
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
