import { events, headers } from '@tributary/contracts';
import type { IncomingMessage } from './envelope.js';
import { MessageProcessor } from './message-processor.js';
import type { MessagingMetrics } from './metrics.js';
import { InMemorySchemaIds } from './schema-ids.js';
import { WireCodec } from './wire-codec.js';

const never = new AbortController().signal;
const handled: unknown[] = [];
const processor = new MessageProcessor({
  group: 'g',
  codec: new WireCodec(new InMemorySchemaIds()),
  publisher: { publish: () => Promise.resolve(), publishRaw: () => Promise.resolve() },
  metrics: { count: () => undefined } as unknown as MessagingMetrics,
  unhandled: 'skip',
  handlerFor: () => (payload) => void handled.push(payload),
});
const undecodable = (given: Record<string, string>): IncomingMessage => ({
  topic: 'postings.x.v1',
  partition: 0,
  offset: 1n,
  key: Buffer.from('k'),
  value: Buffer.from('no message of ours'),
  headers: { [headers.type]: events.postingRequested.type, ...given },
  timestamp: 0,
});

it('ends an undecodable message that an operator skips or resolves, without asking its handler', async () => {
  for (const action of ['skip', 'resolve']) await processor.process(undecodable({ [headers.orderAction]: action }), 1, never);
  expect(handled).toEqual([]);
});

it('refuses an undecodable message otherwise, also when it is replayed', async () => {
  const orders: Record<string, string>[] = [{}, { [headers.orderAction]: 'replay' }];
  for (const given of orders)
    await expect(processor.process(undecodable(given), 1, never)).rejects.toMatchObject({ code: 'message.poison' });
});

it('tells the log of a message that was handled: where it is and what it is, nothing of what is in it', async () => {
  const codec = new WireCodec(new InMemorySchemaIds());
  const lines: unknown[][] = [];
  const telling = new MessageProcessor({
    group: 'g',
    codec,
    publisher: { publish: () => Promise.resolve(), publishRaw: () => Promise.resolve() },
    metrics: { count: () => undefined } as unknown as MessagingMetrics,
    unhandled: 'skip',
    handlerFor: () => () => undefined,
    log: (...line) => void lines.push(line),
  });
  const told = { [headers.id]: 'req_1', [headers.orderAction]: 'skip' };
  await telling.process({ ...undecodable(told), value: Buffer.from('ada@example.com') }, 1, never);
  const fields = {
    topic: 'postings.x.v1',
    partition: 0,
    offset: '1',
    id: 'req_1',
    type: events.postingRequested.type,
    ms: expect.any(Number),
  };
  expect(lines).toEqual([['debug', 'a message was handled', fields]]);
});
