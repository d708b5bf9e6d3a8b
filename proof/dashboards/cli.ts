import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { findPrometheus, Prometheus, prometheusMissing } from '../alerts/prometheus.js';
import { commandOptions } from '../options.js';
import { stackCommand, withRunningStack } from '../stack-command.js';
import type { StackStatus } from '../stack-command.js';
import { fill, judgePanel } from './ask.js';
import type { FilledPanel } from './ask.js';
import { drawDashboard } from './draw.js';
import { readDashboards } from './panels.js';

/** `npm run proof:dashboards [-- --pictures]`: the chart's dashboards, asked of a real Prometheus while scenarios are played (proof/dashboards/README.md). */
const { pictures } = commandOptions({ pictures: 'flag' });
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const path = findPrometheus(process.env);
if (path === undefined) {
  process.stderr.write(`${prometheusMissing}\n`);
  process.exit(2);
}
/** What is played: payouts, disputes, refunds that fail later. */
const scenarios = ['payout-week', 'dispute-season', 'refund-storm'];
/** Scrapes after that, so that its last figures are there, ms. */
const settleMs = 10_000;
const folder = join('docs', 'images');

process.exitCode = (await withRunningStack(say, ['--no-demo'], (status) => prove(path, status))) ? 0 : 1;

async function prove(program: string, { services }: StackStatus): Promise<boolean> {
  const prometheus = await Prometheus.start(program, await withMetrics(services));
  const fromS = Date.now() / 1_000;
  try {
    for (const scenario of scenarios) {
      say(`${scenario} is played while Prometheus scrapes the services`);
      await stackCommand('demo', '--scenario', scenario);
    }
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    const errors = Object.entries(await prometheus.scrapeErrors());
    for (const [job, error] of errors) say(`not ok ${job} is not scraped: ${error}`);
    const toS = Date.now() / 1_000;
    const judged: boolean[] = [];
    for (const [name, dashboard] of readDashboards()) {
      const filled = await fill(dashboard, (...asked) => prometheus.range(...asked), fromS, toS);
      for (const one of filled) {
        const { isGood, text } = judgePanel(one);
        say(`${isGood ? 'ok    ' : 'not ok'} ${name}: ${text}`);
        judged.push(isGood);
      }
      if (pictures) keepPicture(name, drawDashboard(dashboard, filled, captionOf(filled)));
    }
    const passed = judged.filter(Boolean).length;
    say(`${passed} passed, ${judged.length - passed + errors.length} failed`);
    return passed === judged.length && errors.length === 0;
  } finally {
    await prometheus.stop();
  }
}

/** Addresses of the services that have metrics; emulators have none. */
async function withMetrics(services: StackStatus['services']): Promise<Record<string, string>> {
  const asked = Object.entries(services).map(async ([name, { port }]) => {
    const address = `127.0.0.1:${port}`;
    const isOk = await fetch(`http://${address}/metrics`).then(
      ({ ok }) => ok,
      () => false,
    );
    return isOk ? [[name, address] as const] : [];
  });
  return Object.fromEntries((await Promise.all(asked)).flat());
}

function captionOf(filled: readonly FilledPanel[]): string {
  const times = filled.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([at]) => at)));
  const minutes = Math.max(1, Math.round((Math.max(...times) - Math.min(...times)) / 60));
  return `the dashboard's own queries, answered by Prometheus over ${minutes} min of the demo`;
}

function keepPicture(name: string, svg: string): void {
  mkdirSync(join(workspaceRoot, folder), { recursive: true });
  const file = join(folder, `dashboard-${name}.svg`);
  writeFileSync(join(workspaceRoot, file), svg);
  say(`drawn: ${file}`);
}
