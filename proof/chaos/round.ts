import { checkInvariants } from './check.js';
import type { Verdict } from './check.js';
import { deliverAll } from './deliver.js';
import { Dice } from './dice.js';
import type { Load } from './load.js';
import { observeAtRest } from './observe.js';
import type { Observed } from './observed.js';
import { endpoint } from './parts.js';
import type { Act } from './plan.js';
import type { ChaosSystem } from './system.js';

/** Result of a round; plain data, kept in the results. */
export interface RoundOutcome {
  readonly verdict: Verdict;
  readonly observed: Observed;
  readonly failedAttempts: number;
  readonly ownEnds: readonly { readonly part: string; readonly code: number | null; readonly signal: string | null }[];
  readonly unreadCommits: number;
  readonly settledAfterMs: number;
  readonly durationMs: number;
}

/** Faults of the Kinetic emulator in per cent of its calls: 20 together. */
const faultShares: readonly { readonly percent: number; readonly action: object }[] = [
  { percent: 5, action: { kind: 'commit-then-drop-connection' } },
  { percent: 4, action: { kind: 'commit-then-502' } },
  { percent: 2, action: { kind: 'commit-then-stall' } },
  { percent: 3, action: { kind: 'drop-before' } },
  { percent: 3, action: { kind: 'down' } },
  { percent: 3, action: { kind: 'licence' } },
];
const faultPurpose = 3;
const settleWithinMs = 240_000;

/** Runs one round: load and faults together, then recovery without faults until nothing is in flight, then the check. */
export async function runRound(system: ChaosSystem, seed: number, round: number, load: Load, plan: readonly Act[]): Promise<RoundOutcome> {
  const begin = Date.now();
  const exitsBefore = system.unexpectedExits.length;
  system.history.take();
  await system.setFaults(Dice.of(seed, round, faultPurpose).between(1, 1_000_000), faultRules());
  const giveUp = AbortSignal.timeout(settleWithinMs);
  const delivering = deliverAll(load, system.url('ingest', `/webhooks/stripe/${endpoint.name}`), endpoint.secrets[0] as string, giveUp);
  await carryOut(system, plan);
  await system.heal();
  await system.setFaults(1, []);
  const answers = await delivering;
  system.answeredEver += Object.values(answers.answered).reduce((sum, count) => sum + count, 0);
  const settleBegin = Date.now();
  const observed = await observeAtRest(system, load, answers, settleWithinMs);
  const { commits, lost } = system.history.take();
  const complete = { ...observed, commits };
  return {
    verdict: checkInvariants(load, complete),
    observed: complete,
    failedAttempts: answers.failures,
    ownEnds: system.unexpectedExits.slice(exitsBefore).map(({ part, code, signal }) => ({ part, code, signal })),
    unreadCommits: lost,
    settledAfterMs: Date.now() - settleBegin,
    durationMs: Date.now() - begin,
  };
}

/** Outcome of a round after which the system did not recover or could not be read: that is a violation of its own. */
export function unobservable(error: unknown, durationMs: number): RoundOutcome {
  const counts = { accepted: 0, inFlight: 0, posted: 0, ignored: 0, held: 0, deadLettered: 0 };
  const text = error instanceof Error ? error.message : String(error);
  return {
    verdict: { violations: [{ fault: 'unobservable', id: 'system', text }], toPeople: [] },
    observed: { answered: {}, refused: {}, events: {}, counts, answeredEver: 0, receipts: [], customers: [], commits: [] },
    failedAttempts: 0,
    ownEnds: [],
    unreadCommits: 0,
    settledAfterMs: 0,
    durationMs,
  };
}

/** Rules for the emulator. The first rule that matches acts, so later rules get a larger share of the remaining calls. */
export function faultRules(): object[] {
  let left = 100;
  return faultShares.map(({ percent, action }) => {
    const probability = percent / left;
    left -= percent;
    return { match: { probability }, action };
  });
}

async function carryOut(system: ChaosSystem, plan: readonly Act[]): Promise<void> {
  const begin = Date.now();
  const lanes = new Map<string, Promise<void>>();
  for (const one of plan) {
    // The next act on a victim waits until the one before is over, also when recovery takes longer than planned.
    const lane = one.victim.startsWith('kafka-') ? 'kafka' : one.victim;
    const before = lanes.get(lane) ?? Promise.resolve();
    lanes.set(
      lane,
      before.then(() => wait(begin + one.atMs - Date.now())).then(() => disturb(system, one)),
    );
  }
  await Promise.all(lanes.values());
}

async function disturb(system: ChaosSystem, { victim, treatment, forMs }: Act): Promise<void> {
  const part = system.part(victim);
  if (treatment === 'freeze') {
    part.freeze();
    await wait(forMs);
    part.thaw();
    return;
  }
  await (treatment === 'kill' ? part.kill() : part.stop());
  await wait(forMs);
  await part.start();
  if (victim !== 'emulator-epicor-kinetic') return;
  await part.ready(settleWithinMs); // it keeps its faults in memory
  await system.repeatFaults();
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
