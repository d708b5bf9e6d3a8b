import { runCampaign } from './campaign.js';
import type { RoundResult } from './results.js';

/** A short form of `npm run chaos`: five rounds of a seed that the recorded campaigns do not use. */
const seed = 20_261_121;
const startMs = 180_000;
const roundMs = 300_000;

it.each([
  { brokers: 1, rounds: 3 },
  { brokers: 3, rounds: 2 },
] as const)(
  'with $brokers broker(s), $rounds rounds: nothing is lost, doubled or out of order',
  async ({ brokers, rounds }) => {
    const results: RoundResult[] = [];
    await runCampaign({
      seed,
      from: 1,
      to: rounds,
      brokers,
      name: `ci-${brokers}b`,
      say: () => undefined,
      onRound: (_campaign, result) => results.push(result),
    });
    // The whole round is shown when one fails: the plan says what was done, the violations with which ids.
    expect(results.filter(({ violations }) => violations.length > 0)).toEqual([]);
    expect(results).toHaveLength(rounds);
    for (const { ends, payments } of results) expect(ends.posted).toBeGreaterThanOrEqual(payments);
  },
  startMs + 3 * roundMs,
);
