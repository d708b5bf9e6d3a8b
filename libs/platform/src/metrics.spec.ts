import { counter, durationHistogram, gauge, metricsRegistry, observedGauge } from './metrics.js';

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
