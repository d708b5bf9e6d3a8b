import { Registry } from 'prom-client';
import type { Metric, OpenMetricsContentType } from 'prom-client';

/** A metric as prom-client's registry asks it for its lines. Its types name neither method where a registry lists its metrics. */
interface Source {
  readonly name: string;
  readonly type: unknown;
  /** Only histograms have it. */
  getForPromString?(): Promise<Source>;
  get(): Promise<Source>;
}

const suffix = '_total';

/** An empty registry that writes OpenMetrics. */
export function openMetricsRegistry(): Registry<OpenMetricsContentType> {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  return registry;
}

/**
 * Metrics as OpenMetrics 1.0 text, with exemplars. prom-client's own registry of that format renames the counters that it is given, so that
 * they are missing in the other format afterwards: it gets others here, which read from them.
 */
export async function openMetricsText(registered: readonly { readonly name: string }[]): Promise<string> {
  const registry = openMetricsRegistry();
  for (const metric of registered as readonly Source[]) {
    const told = await (metric.getForPromString?.() ?? metric.get());
    registry.registerMetric(readFrom(told) as unknown as Metric);
  }
  return registry.metrics();
}

/** The name of a counter is without its suffix in OpenMetrics; its samples have it. */
function readFrom(told: Source): Source {
  const isCounter = told.type === 'counter' && told.name.endsWith(suffix);
  const named = { ...told, name: isCounter ? told.name.slice(0, -suffix.length) : told.name };
  return { ...named, get: () => Promise.resolve(named) };
}
