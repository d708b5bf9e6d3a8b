import { TraceFlags, trace } from '@opentelemetry/api';
import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { openMetricsRegistry, openMetricsText } from './open-metrics.js';
import { workerGroup } from './workers/worker-group.js';

/** The one registry of this process; `GET /metrics` writes it. */
export const metricsRegistry = new Registry();
collectDefaultMetrics({ register: metricsRegistry });

workerGroup?.answers('metrics', () => metricsRegistry.getMetricsAsJSON());

/** An answer to a scraper. */
export interface MetricsAnswer {
  readonly type: string;
  readonly body: string;
}

/**
 * The metrics of this process as text; of a service with workers those of all together, each by its aggregator, sums where none is named.
 * @param accept the header of that name. Who takes OpenMetrics gets it: only that format has exemplars, which lead from a duration to a trace.
 * Those of workers have none.
 */
export async function allMetrics(accept = ''): Promise<MetricsAnswer> {
  const workers = await workerGroup?.ask('metrics');
  const told = (workers ?? []).filter((metrics) => metrics !== undefined);
  const registry =
    told.length === 0 ? metricsRegistry : AggregatorRegistry.aggregate(told as Parameters<typeof AggregatorRegistry.aggregate>[0]);
  if (accept.includes('application/openmetrics-text'))
    return { type: Registry.OPENMETRICS_CONTENT_TYPE, body: await openMetricsText(registry.getMetricsAsArray()) };
  return { type: metricsRegistry.contentType, body: await registry.metrics() };
}

function existing<Metric>(name: string): Metric | undefined {
  return metricsRegistry.getSingleMetric(name) as Metric | undefined;
}

/** A counter of this process, made once. Names end in `_total`. */
export function counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
  return existing<Counter<Label>>(name) ?? new Counter({ name, help, labelNames: [...labelNames], registers: [metricsRegistry] });
}

/** A gauge of this process, made once. */
export function gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Gauge<Label> {
  return existing<Gauge<Label>>(name) ?? new Gauge({ name, help, labelNames: [...labelNames], registers: [metricsRegistry] });
}

/** A gauge whose value is read at every scrape. The newest `read` counts when the name is used again.
 * @param together what the workers of a service make of their values. */
export function observedGauge(name: string, help: string, read: () => number, together: 'sum' | 'min' = 'sum'): void {
  metricsRegistry.removeSingleMetric(name);
  new Gauge({
    name,
    help,
    aggregator: together,
    registers: [metricsRegistry],
    collect() {
      this.set(read());
    },
  });
}

/** Durations by label. */
export interface Durations<Label extends string> {
  /** @param seconds measured within the span that it belongs to: if that one is sampled, its trace becomes the exemplar of the bucket. */
  observe(labels: Readonly<Record<Label, string>>, seconds: number): void;
}

const durations = new Map<string, Durations<string>>();

/** A histogram of seconds, 1 ms to 60 s, with exemplars; made once. */
export function durationHistogram<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Durations<Label> {
  const known = durations.get(name);
  if (known) return known;
  const histogram = new Histogram<string>({
    name,
    help,
    labelNames: [...labelNames],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    // prom-client takes exemplars only in a registry of OpenMetrics; the one of this process is asked in both formats.
    registers: [openMetricsRegistry()],
    enableExemplars: true,
  });
  metricsRegistry.registerMetric(histogram);
  const made: Durations<Label> = {
    observe: (labels, value) => {
      const span = trace.getActiveSpan()?.spanContext();
      const isSampled = span !== undefined && (span.traceFlags & TraceFlags.SAMPLED) !== 0;
      histogram.observe({ labels: { ...labels }, value, ...(isSampled ? { exemplarLabels: { trace_id: span.traceId } } : {}) });
    },
  };
  durations.set(name, made);
  return made;
}
