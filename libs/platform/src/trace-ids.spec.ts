import { context, trace } from '@opentelemetry/api';
import type { SpanContext, TracerProvider as Provider } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import fc from 'fast-check';
import { TraceIds } from './trace-ids.js';

beforeAll(() => context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

const hex = (length: number): fc.Arbitrary<string> => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const parent = fc.option(fc.record({ traceId: hex(32), spanId: hex(16), traceFlags: fc.constantFrom(0, 1) }), { nil: undefined });

/** What a span says of its parent: whether it goes on with its trace, and whether it is sampled. */
function told(provider: Provider, above: SpanContext | undefined, root: boolean): object {
  const given = above ? trace.setSpanContext(context.active(), above) : context.active();
  const own = provider.getTracer('spec').startSpan('x', { root }, given).spanContext();
  const active = provider
    .getTracer('spec')
    .startActiveSpan('x', { root }, given, (span) => [span.spanContext(), trace.getSpanContext(context.active())]);
  expect(own.traceId).toMatch(/^(?!0+$)[0-9a-f]{32}$/);
  expect(own.spanId).toMatch(/^(?!0+$)[0-9a-f]{16}$/);
  expect(own.spanId).not.toBe(above?.spanId);
  return {
    goesOn: own.traceId === above?.traceId,
    flags: own.traceFlags,
    activeGoesOn: active[0]?.traceId === above?.traceId,
    isActive: active[0]?.spanId === active[1]?.spanId,
  };
}

it('begins and goes on with traces as the provider of the SDK does', () => {
  const ours = new TraceIds();
  const theirs = new TracerProvider();
  fc.assert(
    fc.property(parent, fc.boolean(), (above, root) => {
      expect(told(ours, above, root)).toEqual(told(theirs, above, root));
    }),
  );
});

it('records nothing', () => {
  expect(new TraceIds().getTracer().startSpan('x').isRecording()).toBe(false);
});
