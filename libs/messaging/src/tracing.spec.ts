import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { events } from '@tributary/contracts';
import { textHeaders } from './envelope.js';
import { InMemoryBroker, InMemoryPublisher } from './in-memory/in-memory-broker.js';
import { InMemoryTransport } from './in-memory/in-memory-transport.js';
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
