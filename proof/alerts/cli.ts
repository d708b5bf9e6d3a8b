import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { workspaceRoot } from '@tributary/local-stack';
import { findPromtool, Promtool, promtoolMissing } from './promtool.js';
import { rulesFile, trialsFile } from './trials.js';
import { tryAlerts } from './try-alerts.js';

/** `npm run proof:alerts`: every alert fires, and ends, on its series; and its trial notices a rule that is broken. */
const rulesPath = join(workspaceRoot, 'docs/alerts/prometheus-rules.yaml');
const path = findPromtool(process.env);
if (path === undefined) {
  process.stderr.write(`${promtoolMissing}\n`);
  process.exit(2);
}
const promtool = new Promtool(path);
promtool.check(rulesPath);
const rules = rulesFile.parse(parse(readFileSync(rulesPath, 'utf8')));
const trials = trialsFile.parse(parse(readFileSync(join(workspaceRoot, 'proof/alerts/series.yaml'), 'utf8')));
const results = tryAlerts(rules, trials, promtool);
for (const { alert, severity, problem, unnoticed, holes } of results) {
  const state = problem === '' && unnoticed.length === 0 ? 'fired and ended' : 'FAILED';
  process.stdout.write(
    `${alert.padEnd(28)} ${severity.padEnd(9)} ${state}, ${holes - unnoticed.length} of ${holes} broken rules noticed\n`,
  );
  if (problem !== '') process.stdout.write(`${problem}\n`);
  if (unnoticed.length > 0) process.stdout.write(`  not noticed: ${unnoticed.join(', ')}\n`);
}
const good = results.filter(({ problem, unnoticed }) => problem === '' && unnoticed.length === 0).length;
process.stdout.write(`\n${good} of ${results.length} alerts fired and ended\n`);
process.exit(good === results.length ? 0 : 1);
