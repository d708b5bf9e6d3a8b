import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../contracts/workspace.js';

/** Metrics that every process has, or that Prometheus writes itself. */
const common = new Set(['up', 'process_start_time_seconds', 'nodejs_eventloop_lag_p99_seconds', 'process_resident_memory_bytes']);

/** Every metric that some service writes, from the sources that name them. */
export function writtenMetrics(): Set<string> {
  const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'libs', 'services'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
    .split('\n')
    .filter((path) => path.endsWith('.ts') && !path.endsWith('spec.ts') && existsSync(join(root, path)));
  const read = (path: string): string => readFileSync(join(root, path), 'utf8');
  const transport = ['libs/messaging/src/metrics.ts', 'libs/platform/src/messaging-metrics.ts'];
  return new Set([
    ...sources.flatMap((path) => metricsInSource(read(path))),
    ...transport.flatMap((path) => transportMetricsInSource(read(path))),
  ]);
}

/** Whether a service, every process or Prometheus writes a metric. A histogram is written as three series. */
export function isWritten(metric: string, metrics: ReadonlySet<string>): boolean {
  return common.has(metric) || metrics.has(metric) || metrics.has(metric.replace(/_(bucket|sum|count)$/, ''));
}

/** Names of metrics in a source file: those made with the helpers of libs/platform, or as a histogram with limits of its own. */
export function metricsInSource(text: string): string[] {
  const made = /\b(?:(?:counter|gauge|observedGauge|durationHistogram)\(|new Histogram\(\{\s*name:)\s*'([a-z][a-z0-9_]*)'/g;
  return [...text.matchAll(made)].map(([, name]) => name as string);
}

/** Names in libs/messaging/src/metrics.ts and their new names in libs/platform: quoted, with underscores, published with a prefix. */
export function transportMetricsInSource(text: string): string[] {
  return [...text.matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)].map(([, name]) => `tributary_${name}`);
}
