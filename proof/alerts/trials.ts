import { z } from 'zod';

const minutes = z.string().regex(/^\d+m$/, 'whole minutes: 15m');

const trial = z.strictObject({
  /** Samples by series, one a minute, in the notation of promtool. */
  series: z.record(z.string(), z.string()).refine((series) => Object.keys(series).length > 0, 'no series'),
  quiet: minutes,
  fires: minutes,
  ends: minutes,
  /** Labels of the alert beside its severity. */
  labels: z.record(z.string(), z.string()),
  /** Its summary with all values. */
  says: z.string().min(1),
});

/** What one alert is tried on. */
export type Trial = z.infer<typeof trial>;

/** Trials by alert, from proof/alerts/series.yaml. */
export const trialsFile = z.record(z.string(), trial);

/** An alert of the rules, as far as trials need it. */
export const rulesFile = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          for: z.string().optional(),
          labels: z.record(z.string(), z.string()),
          annotations: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ),
});

/** The rules of docs/alerts/prometheus-rules.yaml. */
export type Rules = z.infer<typeof rulesFile>;

/** One alert of them. */
export type Rule = Rules['groups'][number]['rules'][number];

/** A test of promtool: the alert is silent, fires with all its words, and is silent again. */
export function promtoolTest(
  name: string,
  { series, quiet, fires, ends, labels, says }: Trial,
  { labels: own, annotations }: Rule,
): object {
  const fired = { exp_labels: { ...labels, ...own }, exp_annotations: { ...annotations, summary: says } };
  const at = (eval_time: string, exp_alerts: object[]): object => ({ eval_time, alertname: name, exp_alerts });
  return {
    interval: '1m',
    input_series: Object.entries(series).map(([name_, values]) => ({ series: name_, values })),
    alert_rule_test: [at(quiet, []), at(fires, [fired]), at(ends, [])],
  };
}

/** Rules that are broken in one alert, each of which its trial has to notice. */
export function brokenRules(rule: Rule): { readonly hole: string; readonly rule: Rule }[] {
  return [
    { hole: 'never fires', rule: { ...rule, expr: `(${rule.expr}) and vector(0) > 1` } },
    { hole: 'always fires', rule: { ...rule, expr: 'vector(1)', for: undefined } },
    ...(rule.for === undefined ? [] : [{ hole: 'does not wait', rule: { ...rule, for: undefined } }]),
  ];
}
