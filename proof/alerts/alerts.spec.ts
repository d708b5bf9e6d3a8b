import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { parse } from 'yaml';
import { findPromtool, Promtool, promtoolMissing } from './promtool.js';
import { rulesFile, trialsFile } from './trials.js';
import { tryAlerts } from './try-alerts.js';

const rulesPath = join(workspaceRoot, 'docs/alerts/prometheus-rules.yaml');
const rules = rulesFile.parse(parse(readFileSync(rulesPath, 'utf8')));
const trials = trialsFile.parse(parse(readFileSync(join(workspaceRoot, 'proof/alerts/series.yaml'), 'utf8')));
const path = findPromtool(process.env);
if (path === undefined) process.stderr.write(`${promtoolMissing}\n`);
const withPromtool = path === undefined ? describe.skip : describe;

withPromtool('with promtool', () => {
  const promtool = new Promtool(path as string);

  it('has rules that Prometheus accepts', () => {
    expect(() => promtool.check(rulesPath)).not.toThrow();
  });

  it('has alerts that fire on their series with all their words, and end; a broken rule is noticed', () => {
    const results = tryAlerts(rules, trials, promtool);
    expect(results.filter(({ problem, unnoticed }) => problem !== '' || unnoticed.length > 0)).toEqual([]);
    expect(results.length).toBeGreaterThanOrEqual(25);
  }, 120_000);

  it('fails where a counter that appears with its first count is asked with increase alone', () => {
    const naive = structuredClone(rules);
    for (const rule of naive.groups.flatMap((group) => group.rules))
      if (rule.alert === 'TributaryDeadLetters') rule.expr = 'increase(tributary_messages_dead_lettered_total[5m]) > 0';
    const deadLetters = tryAlerts(naive, trials, promtool).find(({ alert }) => alert === 'TributaryDeadLetters');
    expect(deadLetters).toMatchObject({ alert: 'TributaryDeadLetters', problem: expect.stringContaining('FAILED') });
  }, 120_000);
});

it('has a trial for every alert, and no other', () => {
  const none = { test: () => '' } as unknown as Promtool;
  expect(() => tryAlerts(rules, {}, none)).toThrow('no series for Tributary');
  expect(() => tryAlerts({ groups: [] }, trials, none)).toThrow('there is no such alert');
  expect(tryAlerts(rules, trials, none)).toHaveLength(Object.keys(trials).length);
});
