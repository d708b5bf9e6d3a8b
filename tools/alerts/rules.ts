import { z } from 'zod';
import { isWritten } from './written-metrics.js';

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
