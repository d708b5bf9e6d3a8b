import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { events } from '@tributary/contracts';
import { textHeaders } from './envelope.js';
import { InMemoryBroker, InMemoryPublisher } from './in-memory/in-memory-broker.js';
import { InMemoryTransport } from './in-memory/in-memory-transport.js';
import { KafkaPublisher } from './kafka/kafka-publisher.js';
import { withSendSpan } from './kafka/send-span.js';
import type { Outgoing } from './message.js';

const exporter = new InMemorySpanExporter();
const aMessage = (topic: string): Outgoing =>
  ({ event: events.stripeEventReceived, topic, key: 'a', id: topic, value: Buffer.from('{}') }) as Outgoing;

beforeAll(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
});

it('carries one trace from a producer through a handler to what the handler returns', async () => {
  const broker = new InMemoryBroker();
  const publisher = new InMemoryPublisher(broker);
  const transport = new InMemoryTransport({ broker, publisher, groupId: 'group', topics: ['first'] });
  transport.addHandler(events.stripeEventReceived.type, (async () => [aMessage('second')]) as never, true);
  transport.listen(() => undefined);
  const span = trace.getTracer('test').startSpan('webhook');
  await context.with(trace.setSpan(context.active(), span), () => publisher.publish([aMessage('first')]));
  span.end();
  await transport.idle();
  await transport.close();
  const { traceId, spanId } = span.spanContext();
  const [first, second] = [...broker.read('first'), ...broker.read('second')].map((record) => textHeaders(record.headers)['traceparent']);
  expect(first).toBe(`00-${traceId}-${spanId}-01`);
  const work = exporter.getFinishedSpans().find(({ kind }) => kind === SpanKind.CONSUMER);
  expect(work?.parentSpanContext?.spanId).toBe(spanId);
  expect(second).toBe(`00-${traceId}-${work?.spanContext().spanId}-01`);
});

it('links one send to the traces of all its messages, each once', async () => {
  exporter.reset();
  const parent = (trace: string): string => `00-${trace.repeat(32)}-${trace.repeat(16)}-01`;
  const batch: { headers: Record<string, string> }[] = [
    { headers: { traceparent: parent('1') } },
    { headers: { traceparent: parent('2') } },
    { headers: { traceparent: parent('1') } },
    { headers: {} },
  ];
  await expect(withSendSpan('ar.v1', 3, batch, async () => 'written')).resolves.toBe('written');
  await expect(withSendSpan('ar.v1', 3, [], () => Promise.reject(new Error('Closed connection')))).rejects.toThrow('Closed connection');
  const [sent, failed] = exporter.getFinishedSpans();
  expect(sent).toMatchObject({ name: 'ar.v1 send', kind: SpanKind.PRODUCER, attributes: { 'messaging.batch.message_count': 4 } });
  expect(sent?.links.map((link) => link.context.traceId)).toEqual(['1'.repeat(32), '2'.repeat(32)]);
  expect(sent?.parentSpanContext).toBeUndefined();
  expect(failed?.status.message).toBe('internal.Error');
});

it('says of a failure its code, and nothing of its text, which may be of a person', async () => {
  exporter.reset();
  const canary = 'jane-roe-of-acme';
  await expect(withSendSpan('ar.v1', 3, [], () => Promise.reject(new Error(canary)))).rejects.toThrow(canary);
  const publisher = new KafkaPublisher({ brokers: ['127.0.0.1:1'], clientId: 'test', maxMessageBytes: 1 });
  await expect(publisher.publish([aMessage(canary)])).rejects.toThrow(canary);
  await publisher.close();
  const statuses = exporter.getFinishedSpans().map(({ name, status }) => [name, status.message]);
  expect(statuses).toEqual([
    ['ar.v1 send', 'internal.Error'],
    ['publish', 'kafka.message-too-large'],
  ]);
});
