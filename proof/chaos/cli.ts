import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { workspaceRoot } from '@tributary/local-stack';
import { commandOptions } from '../options.js';
import { runCampaign } from './campaign.js';
import { explainFailure } from './explain-failure.js';
import { resultsFolder, writeCampaign } from './results.js';

const values = commandOptions({ rounds: 'number', seed: 'number', round: 'number', brokers: 'number', minutes: 'number', record: 'flag' });
await main();

async function main(): Promise<void> {
  const { seed = 1, round, rounds = 5, minutes } = values;
  const brokers = values.brokers === 3 ? 3 : 1;
  const name = `${seed}-${brokers}b`;
  const file = join(resultsFolder, `${values.record ? 'campaign' : 'quick'}-${name}.json`);
  let failed = 0;
  const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
  await runCampaign({
    seed,
    brokers,
    name,
    from: round ?? 1,
    to: round ?? rounds,
    ...(minutes === undefined ? {} : { minutes }),
    say,
    onRound: (campaign, result, outcome, load, findings) => {
      writeCampaign(file, campaign);
      const { ends, violations, toPeople, durationMs, settledAfterMs, answered, failedAttempts } = result;
      say(
        `round ${result.round}: ${violations.length === 0 ? 'ok' : 'FAILED'} in ${durationMs} ms (rest after ${settledAfterMs} ms), ` +
          `${answered} accepted, ${failedAttempts} attempts failed, ${JSON.stringify(ends)}, ${toPeople.length} for people`,
      );
      for (const { about, state, reason } of toPeople) say(`  for people: ${about} ${state} ${reason ?? ''}`);
      const state = {
        load: { ...load, events: load.events.map((event) => ({ ...event, body: '' })) },
        observed: outcome.observed,
        findings,
      };
      writeFileSync(join(workspaceRoot, '.tributary', 'chaos', name, `round-${result.round}.json`), JSON.stringify(state));
      if (violations.length === 0) return;
      failed += 1;
      console.log(explainFailure(seed, result));
      console.log(`state of the services: .tributary/chaos/${name}/round-${result.round}.json, findings`);
    },
  });
  say(`done: ${failed} rounds failed; results in proof/chaos/results/${file.split('/').pop()}`);
  process.exitCode = failed === 0 ? 0 : 1;
}
