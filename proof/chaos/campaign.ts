import { diagnosis } from './diagnosis.js';
import { loadOf } from './load.js';
import type { Load, LoadOptions } from './load.js';
import { readModels } from './models.js';
import { planOf } from './plan.js';
import type { Act } from './plan.js';
import { newCampaign } from './results.js';
import type { CampaignResult, RoundResult } from './results.js';
import { runRound, unobservable } from './round.js';
import type { RoundOutcome } from './round.js';
import { ChaosSystem } from './system.js';

/** Which rounds a campaign runs. */
export interface CampaignOptions {
  readonly seed: number;
  /** First and last round; a later first round replays the plan of that one alone. */
  readonly from: number;
  readonly to: number;
  readonly brokers: 1 | 3;
  /** No further round begins after this many minutes. */
  readonly minutes?: number;
  readonly name: string;
  /** @param findings answers of the services about their state, when the round failed. */
  readonly onRound: (campaign: CampaignResult, result: RoundResult, outcome: RoundOutcome, load: Load, findings?: object) => void;
  readonly say: (line: string) => void;
}

/** Time in which one round sends its deliveries, ms. */
export const roundLength = 18_000;
const load: LoadOptions = { customers: 6, updatesPerCustomer: 5, payments: 30, guests: 6, lengthMs: roundLength };
/** Longer than the session timeout (6 s) and the lease (8.5 s) of parts.ts. */
const longFreezeMs = 12_000;
const actsPerRound = 9;

/** The plan of a round of this campaign's size. */
export function planOfRound(seed: number, round: number, brokers: number): Act[] {
  return planOf(seed, round, { lengthMs: roundLength, acts: actsPerRound, brokers, longFreezeMs });
}

/**
 * Runs rounds one after another on the same system; each round has new events. After a failed round the next one gets a new system, so
 * that its violation is not counted twice.
 */
export async function runCampaign(options: CampaignOptions): Promise<CampaignResult> {
  const { seed, brokers } = options;
  const models = readModels();
  let campaign = newCampaign(seed, brokers);
  options.say(`starting the system: ${brokers} broker(s), seed ${seed}`);
  let system = await ChaosSystem.start({ brokers, name: options.name });
  const end = options.minutes === undefined ? Number.POSITIVE_INFINITY : Date.now() + options.minutes * 60_000;
  try {
    for (let round = options.from; round <= options.to && Date.now() < end; round += 1) {
      const sent = loadOf(seed, round, load, models);
      const plan = planOfRound(seed, round, brokers);
      const begin = Date.now();
      const outcome = await runRound(system, seed, round, sent, plan).catch((error: unknown) => unobservable(error, Date.now() - begin));
      const result = resultOf(round, sent, plan, outcome);
      campaign = { ...campaign, rounds: [...campaign.rounds, result] };
      const failed = result.violations.length > 0;
      options.onRound(campaign, result, outcome, sent, failed ? await diagnosis(system) : undefined);
      if (!failed || round === options.to) continue;
      await system.stop();
      system = await ChaosSystem.start({ brokers, name: `${options.name}-after-${round}` });
    }
  } finally {
    await system.stop();
  }
  return campaign;
}

function resultOf(round: number, sent: Load, plan: readonly Act[], outcome: RoundOutcome): RoundResult {
  const { verdict, observed } = outcome;
  const ends: Record<string, number> = {};
  for (const { state } of Object.values(observed.events)) ends[state] = (ends[state] ?? 0) + 1;
  return {
    round,
    plan,
    events: sent.events.length,
    deliveries: sent.deliveries.length,
    answered: Object.values(observed.answered).reduce((sum, count) => sum + count, 0),
    failedAttempts: outcome.failedAttempts,
    payments: sent.receipts.length,
    ends,
    counts: observed.counts,
    violations: verdict.violations,
    toPeople: verdict.toPeople,
    ownEnds: outcome.ownEnds,
    unreadCommits: outcome.unreadCommits,
    settledAfterMs: outcome.settledAfterMs,
    durationMs: outcome.durationMs,
  };
}
