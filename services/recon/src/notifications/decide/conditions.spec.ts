import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { conditions } from './conditions.js';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly runbook: string };
}
const root = join(import.meta.dirname, '../../../../..');
const { groups } = parse(readFileSync(join(root, 'docs/alerts/prometheus-rules.yaml'), 'utf8')) as { groups: { rules: Alert[] }[] };
const alerts = groups.flatMap(({ rules }) => rules);
const guide = readFileSync(join(root, 'docs/how-to/notifications.md'), 'utf8');
/** Conditions of the product alone, and why Prometheus has no alert of them. */
const own = { 'audit-chain': 'the chain is read in the database, and no metric says whether it is whole' };
const ms = (text = '0m'): number => Number.parseInt(text, 10) * (text.endsWith('h') ? 3_600_000 : 60_000);
/** What an alert compares with in the end: `> 3600`, `!= 0`. */
const thresholdOf = (expr: string): number => Number(/(?:>|!=)\s*(\d+)\s*$/.exec(expr)?.[1]);

it('has every condition once', () => {
  const codes = conditions.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(conditions.filter(({ alert }) => alert === null).map(({ code }) => code)).toEqual(Object.keys(own));
});

it.each(conditions.filter(({ alert }) => alert !== null))('$code means the same as $alert', (condition) => {
  const alert = alerts.find(({ alert: name }) => name === condition.alert);
  expect([alert?.labels.severity, alert?.annotations.runbook, ms(alert?.for), thresholdOf(alert?.expr ?? '')]).toEqual([
    condition.severity,
    condition.runbook,
    condition.forMs,
    condition.threshold,
  ]);
});

it.each([...conditions])('$code has a runbook, a row in the guide, and a sentence without an amount', ({ code, runbook, says }) => {
  expect(existsSync(join(root, runbook))).toBe(true);
  expect(guide).toMatch(new RegExp(`^\\| \`${code}\``, 'm'));
  for (const count of [1, 7]) expect(says('x', count)).toMatch(/^[A-Z1-9](?!.*\d[.,]\d).*\.$/);
});
