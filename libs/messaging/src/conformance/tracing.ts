import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { textHeaders } from '../envelope.js';
import { eventually } from './eventually.js';
import { NeverError, TryAgainError } from './fixture.js';
import type { Fixture } from './fixture.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const inTrace = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;

/** One trace from the first message to the last, whatever happens on the way. */
export function tracing(fixture: () => Fixture): void {
  const exporter = new InMemorySpanExporter();

  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }));
  });
  afterAll(() => {
    context.disable();
    propagation.disable();
    trace.disable();
  });

  async function sendTraced(text: string): Promise<void> {
    const { publish, message } = fixture();
    const carrier = propagation.extract(context.active(), { traceparent });
    await context.with(carrier, () => publish(message('a', text)));
  }

  it('runs a handler inside the trace of its message, also when it is tried again', async () => {
    const { consume } = fixture();
    const traces: (string | undefined)[] = [];
    await consume(async (_value, { attempt }) => {
      await Promise.resolve();
      traces.push(inTrace());
      if (attempt < 3) throw new TryAgainError('not yet');
    });
    await sendTraced('1');
    await eventually(() => expect(traces).toEqual([traceId, traceId, traceId]));
  });

  it('hands the trace on to what a handler returns', async () => {
    const { consume, harness, message } = fixture();
    const out = harness.unique('out');
    await harness.createTopic(out, 3);
    await consume(() => ({ ...message('a', 'next'), topic: out }));
    await sendTraced('1');
    await eventually(async () => expect((await harness.read(out)).length).toBe(1));
    expect(textHeaders((await harness.read(out))[0]?.headers ?? {})['traceparent']).toMatch(new RegExp(`^00-${traceId}-`));
  });

  it('leaves the trace in a dead letter, so that a replay goes on in it', async () => {
    const { consume, deadLetters, log } = fixture();
    await consume(() => {
      throw new NeverError('never');
    });
    await sendTraced('1');
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    const [original] = await log();
    const [letter] = await deadLetters();
    expect(textHeaders(letter?.headers ?? {})['traceparent']).toBe(textHeaders(original?.headers ?? {})['traceparent']);
  });

  it('marks the span of a failed attempt with the code of its error', async () => {
    const { consume, deadLetters, topic } = fixture();
    exporter.reset();
    await consume(() => {
      throw new NeverError('never');
    });
    await sendTraced('1');
    await eventually(async () => expect(await deadLetters()).toHaveLength(1));
    const work = () => exporter.getFinishedSpans().filter(({ name }) => name === `${topic} process`);
    await eventually(() => expect(work().map(({ status }) => status.message)).toEqual(['test.never']));
  });

  it('keeps the traces of messages that run at once apart', async () => {
    const { consume, publish, message } = fixture();
    const seen = new Map<string, string | undefined>();
    await consume(async (value) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      seen.set(value.sourceEventId, inTrace());
    });
    const ids = Array.from({ length: 8 }, (_, n) => `${n + 1}`.repeat(32));
    for (const id of ids)
      await context.with(propagation.extract(context.active(), { traceparent: `00-${id}-00f067aa0ba902b7-01` }), () =>
        publish(message(`k${id}`, id)),
      );
    await eventually(() => expect(seen.size).toBe(8));
    expect([...seen].filter(([id, inside]) => id !== inside)).toEqual([]);
  });
}
