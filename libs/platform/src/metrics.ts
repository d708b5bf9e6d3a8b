import { AggregatorRegistry, collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { workerGroup } from './workers/worker-group.js';

/** The one registry of this process; `GET /metrics` writes it. */
export const metricsRegistry = new Registry();
collectDefaultMetrics({ register: metricsRegistry });

workerGroup?.answers('metrics', () => metricsRegistry.getMetricsAsJSON());

/** The metrics of this process as text; of a service with workers those of all together, each by its aggregator, sums where none is named. */
export async function allMetrics(): Promise<string> {
  const workers = await workerGroup?.ask('metrics');
  const told = (workers ?? []).filter((metrics) => metrics !== undefined);
  return (
    told.length === 0 ? metricsRegistry : AggregatorRegistry.aggregate(told as Parameters<typeof AggregatorRegistry.aggregate>[0])
  ).metrics();
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

/** A histogram of seconds, 1 ms to 60 s, made once. */
export function durationHistogram<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Histogram<Label> {
  return (
    existing<Histogram<Label>>(name) ??
    new Histogram({
      name,
      help,
      labelNames: [...labelNames],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
      registers: [metricsRegistry],
    })
  );
}
