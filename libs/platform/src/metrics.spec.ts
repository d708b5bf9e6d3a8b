import { context, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { allMetrics, counter, durationHistogram, gauge, metricsRegistry, observedGauge } from './metrics.js';

it('makes a metric once, whoever asks for it', async () => {
  counter('spec_once_total', 'Counted', ['kind']).inc({ kind: 'a' });
  counter('spec_once_total', 'Counted', ['kind']).inc({ kind: 'a' }, 2);
  gauge('spec_depth', 'Depth').set(4);
  gauge('spec_depth', 'Depth').inc();
  const text = await metricsRegistry.metrics();
  expect(text).toContain('spec_once_total{kind="a"} 3');
  expect(text).toContain('spec_depth 5');
});

it('measures durations in seconds, from a millisecond to a minute', async () => {
  const histogram = durationHistogram('spec_seconds', 'Duration', ['call']);
  histogram.observe({ call: 'post' }, 0.0005);
  histogram.observe({ call: 'post' }, 0.3);
  histogram.observe({ call: 'post' }, 100);
  expect(durationHistogram('spec_seconds', 'Duration', ['call'])).toBe(histogram);
  const text = await metricsRegistry.metrics();
  expect(text).toContain('spec_seconds_bucket{le="0.001",call="post"} 1');
  expect(text).toContain('spec_seconds_bucket{le="0.5",call="post"} 2');
  expect(text).toContain('spec_seconds_bucket{le="60",call="post"} 2');
  expect(text).toContain('spec_seconds_count{call="post"} 3');
});

it('reads an observed gauge at every scrape, from the newest source', async () => {
  let held = 1;
  observedGauge('spec_held', 'Held', () => -1);
  observedGauge('spec_held', 'Held', () => held);
  expect(await metricsRegistry.metrics()).toContain('spec_held 1');
  held = 2;
  expect(await metricsRegistry.metrics()).toContain('spec_held 2');
});

it('publishes the figures of the process itself', async () => {
  expect(await metricsRegistry.metrics()).toContain('process_resident_memory_bytes');
});

describe('for a scraper that takes OpenMetrics', () => {
  const accept = 'application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3';
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const within = (traceFlags: TraceFlags, work: () => void): void =>
    context.with(trace.setSpanContext(context.active(), { traceId, spanId: 'b7ad6b7169203331', traceFlags }), work);
  beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager()));
  afterAll(() => context.disable());

  it('a duration leads to the trace that it was measured in, if that is sampled', async () => {
    const histogram = durationHistogram('spec_traced_seconds', 'Duration', ['call']);
    within(TraceFlags.SAMPLED, () => histogram.observe({ call: 'post' }, 0.3));
    within(TraceFlags.NONE, () => histogram.observe({ call: 'post' }, 2));
    const { type, body } = await allMetrics(accept);
    expect(type).toMatch(/^application\/openmetrics-text; version=1\.0\.0/);
    expect(body).toMatch(
      new RegExp(`^spec_traced_seconds_bucket\\{le="0.5",call="post"\\} 1 # \\{trace_id="${traceId}"\\} 0\\.3 \\d+`, 'm'),
    );
    expect(body).toMatch(/^spec_traced_seconds_bucket\{le="2\.5",call="post"\} 2$/m);
    expect(body).toMatch(/# EOF\n$/);
  });

  it('counters keep their names in both formats, however often each is asked for', async () => {
    counter('spec_both_total', 'Counted', ['kind']).inc({ kind: 'a' });
    for (const _round of [1, 2]) {
      const open = (await allMetrics(accept)).body;
      expect(open).toMatch(/^# TYPE spec_both counter$/m);
      expect(open).toMatch(/^spec_both_total\{kind="a"\} 1$/m);
      const { type, body } = await allMetrics('*/*');
      expect(type).toMatch(/^text\/plain/);
      expect(body).toMatch(/^# TYPE spec_both_total counter\nspec_both_total\{kind="a"\} 1$/m);
      expect(body).not.toContain('trace_id');
    }
  });
});
