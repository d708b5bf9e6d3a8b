import { z } from 'zod';

/** One alert of docs/alerts/prometheus-rules.yaml, as far as it is checked. */
const alert = z.object({
  alert: z.string().regex(/^Tributary[A-Z][A-Za-z]+$/, 'names begin with Tributary'),
  expr: z.string().min(1),
  labels: z.object({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.object({ summary: z.string().min(1), runbook: z.string().min(1) }),
});
const file = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(alert).min(1) })).min(1) });

/** Words of PromQL that look like metrics. */
const functions = new Set([
  'increase',
  'rate',
  'sum',
  'max',
  'min',
  'by',
  'without',
  'on',
  'time',
  'histogram_quantile',
  'absent',
  'and',
  'or',
  'unless',
  'le',
  'changes',
  'offset',
]);

/** Metrics that every process has, or that Prometheus writes itself. */
const common = new Set(['up', 'process_start_time_seconds', 'nodejs_eventloop_lag_p99_seconds']);

/** Names of metrics in a PromQL expression; strings, label matchers and durations are none. */
export function metricsOf(expression: string): string[] {
  const bare = expression
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\boffset\s+\d+[a-z]/g, '')
    .replace(/\b(by|without)\s*\([^)]*\)/g, '');
  return (bare.match(/[a-z_][a-z0-9_]*/g) ?? []).filter((word) => !functions.has(word));
}

/**
 * What is wrong with alert rules.
 * @param rules the parsed YAML.
 * @param metrics names that some service writes.
 * @param exists whether a path of the repository exists.
 * @returns one line per problem.
 */
export function problemsOfRules(rules: unknown, metrics: ReadonlySet<string>, exists: (path: string) => boolean): string[] {
  const read = file.safeParse(rules);
  if (!read.success) return read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const alerts = read.data.groups.flatMap((group) => group.rules);
  const names = alerts.map(({ alert: name }) => name);
  return [
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${name}: there are two of this name`),
    ...alerts.flatMap(({ alert: name, expr, annotations }) => {
      const used = metricsOf(expr);
      return [
        ...(used.length === 0 ? [`${name}: its expression has no metric`] : []),
        ...used.filter((metric) => !isWritten(metric, metrics)).map((metric) => `${name}: no service writes the metric ${metric}`),
        ...(exists(annotations.runbook) ? [] : [`${name}: there is no runbook ${annotations.runbook}`]),
      ];
    }),
  ];
}

/** A histogram is written as three series. */
function isWritten(metric: string, metrics: ReadonlySet<string>): boolean {
  return common.has(metric) || metrics.has(metric) || metrics.has(metric.replace(/_(bucket|sum|count)$/, ''));
}

/** Names of metrics in a source file: those made with the helpers of libs/platform. */
export function metricsInSource(text: string): string[] {
  return [...text.matchAll(/\b(?:counter|gauge|observedGauge|durationHistogram)\(\s*'([a-z][a-z0-9_]*)'/g)].map(
    ([, name]) => name as string,
  );
}

/** Names in libs/messaging/src/metrics.ts and their new names in libs/platform: quoted, with underscores, published with a prefix. */
export function transportMetricsInSource(text: string): string[] {
  return [...text.matchAll(/'([a-z]+(?:_[a-z]+)+)'/g)].map(([, name]) => `tributary_${name}`);
}
