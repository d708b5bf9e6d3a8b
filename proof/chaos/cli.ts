import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { workspaceRoot } from '@tributary/local-stack';
import { runCampaign } from './campaign.js';
import { resultsFolder, writeCampaign } from './results.js';
import type { RoundResult } from './results.js';

const usage = `chaos --rounds N --seed S [--round K] [--brokers 1|3] [--minutes M] [--record]
  --rounds   number of rounds; default 5
  --seed     the plan and the load of every round follow from it
  --round    only this round of the seed: the same plan and events; what is hit at which instant differs, as time does
  --brokers  3: a cluster, of which one node at a time is away
  --minutes  no further round begins after that
  --record   keep the results as proof/chaos/results/campaign-...json; else quick-...json, which is not kept`;

/** What is needed to reproduce a failed round. */
function explain(seed: number, result: RoundResult): string {
  const [first] = result.violations;
  return [
    `round ${result.round} FAILED; replay its plan with: npm run chaos -- --seed ${seed} --round ${result.round} (the timing within is never the same)`,
    `first violation: ${first?.fault} ${first?.id}: ${first?.text}`,
    ...result.violations.slice(1, 10).map(({ fault, id, text }) => `  also: ${fault} ${id}: ${text}`),
    'plan:',
    ...result.plan.map(({ atMs, treatment, victim, forMs }) => `  at ${atMs} ms: ${treatment} ${victim} for ${forMs} ms`),
    ...result.ownEnds.map(({ part, code, signal }) => `  exited unexpectedly: ${part} with ${signal ?? code}`),
  ].join('\n');
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    round: { type: 'string' },
    brokers: { type: 'string', default: '1' },
    minutes: { type: 'string' },
    record: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
} else {
  const seed = Number(values.seed);
  const brokers = values.brokers === '3' ? 3 : 1;
  const name = `${seed}-${brokers}b`;
  const file = join(resultsFolder, `${values.record ? 'campaign' : 'quick'}-${name}.json`);
  let failed = 0;
  const say = (line: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
  await runCampaign({
    seed,
    brokers,
    name,
    from: values.round === undefined ? 1 : Number(values.round),
    to: values.round === undefined ? Number(values.rounds) : Number(values.round),
    ...(values.minutes === undefined ? {} : { minutes: Number(values.minutes) }),
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
      console.log(explain(seed, result));
      console.log(`state of the services: .tributary/chaos/${name}/round-${result.round}.json, findings`);
    },
  });
  say(`done: ${failed} rounds failed; results in proof/chaos/results/${file.split('/').pop()}`);
  process.exitCode = failed === 0 ? 0 : 1;
}
