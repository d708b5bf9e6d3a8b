import type { Promtool } from './promtool.js';
import { brokenRules, promtoolTest } from './trials.js';
import type { Rule, Rules, Trial } from './trials.js';

/** How one alert did. */
export interface Tried {
  readonly alert: string;
  readonly severity: string;
  /** What promtool says where it does not fire and end as it should; empty where it does. */
  readonly problem: string;
  /** Ways in which the rule was broken and its trial passed all the same. */
  readonly unnoticed: readonly string[];
  readonly holes: number;
}

/**
 * Lets every alert fire and end on its series, then breaks each rule on purpose: a trial that still passes proves nothing.
 * @throws {Error} for an alert without a trial, and a trial without an alert.
 */
export function tryAlerts(rules: Rules, trials: Readonly<Record<string, Trial>>, promtool: Promtool): Tried[] {
  const all = rules.groups.flatMap((group) => group.rules);
  const without = all.filter(({ alert }) => !Object.hasOwn(trials, alert)).map(({ alert }) => alert);
  if (without.length > 0) throw new Error(`proof/alerts/series.yaml has no series for ${without.join(', ')}`);
  const unknown = Object.keys(trials).filter((name) => all.every(({ alert }) => alert !== name));
  if (unknown.length > 0) throw new Error(`proof/alerts/series.yaml has series for ${unknown.join(', ')}, and there is no such alert`);
  return all.map((rule) => tried(rule, trials[rule.alert] as Trial, promtool));
}

function tried(rule: Rule, trial: Trial, promtool: Promtool): Tried {
  const tests = [promtoolTest(rule.alert, trial, rule)];
  const alone = (only: Rule): Rules => ({ groups: [{ name: 'tried', rules: [only] }] });
  const broken = brokenRules(rule);
  return {
    alert: rule.alert,
    severity: rule.labels.severity ?? '',
    problem: promtool.test(alone(rule), tests),
    unnoticed: broken.filter((one) => promtool.test(alone(one.rule), tests) === '').map(({ hole }) => hole),
    holes: broken.length,
  };
}
