import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { metricsOf, problemsOfRules } from './rules.js';
import { writtenMetrics } from './written-metrics.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const metrics = writtenMetrics();
const rules = (): { groups: { rules: Record<string, unknown>[] }[] } => parse(read('docs/alerts/prometheus-rules.yaml'));

it('has only alerts with a metric that is written and a runbook that exists', () => {
  expect(problemsOfRules(rules(), metrics, (path) => existsSync(join(root, path)))).toEqual([]);
});

/** Seeded violations. */
it.each([
  [
    'a metric that nobody writes',
    { expr: 'increase(tributary_dead_lettered_total[5m]) > 0' },
    /no service writes the metric tributary_dead_lettered_total/,
  ],
  ['no metric', { expr: '1 > 0' }, /has no metric/],
  [
    'a runbook that is not there',
    { annotations: { summary: 'x', runbook: 'docs/runbooks/nothing.md' } },
    /there is no runbook docs\/runbooks\/nothing.md/,
  ],
  ['no runbook', { annotations: { summary: 'x' } }, /runbook/],
  ['no severity', { labels: {} }, /severity/],
  ['a name of no one', { alert: 'DeadLetters' }, /begin with Tributary/],
])('refuses %s', (_name, change, problem) => {
  const changed = rules();
  Object.assign(changed.groups[0]?.rules[0] ?? {}, change);
  expect(problemsOfRules(changed, metrics, (path) => existsSync(join(root, path))).join('\n')).toMatch(problem);
});

it('refuses two alerts of one name', () => {
  const changed = rules();
  changed.groups[0]?.rules.push(changed.groups[0].rules[0] ?? {});
  expect(problemsOfRules(changed, metrics, () => true)).toEqual([expect.stringMatching(/^Tributary\w+: there are two of this name$/)]);
});

it('finds metrics in an expression', () => {
  expect(metricsOf('sum by (job) (rate(a_total{result="held_x"}[5m])) / max(b_seconds) > 0.5 and c_bytes > 5')).toEqual([
    'a_total',
    'b_seconds',
    'c_bytes',
  ]);
});
