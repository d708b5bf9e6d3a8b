import { Dice } from './dice.js';

/** What can be ill-treated. `erp-sink-b` is a second worker of the same target; brokers are `kafka-1` ... */
export type Victim =
  | 'ingest'
  | 'transform'
  | 'erp-sink'
  | 'erp-sink-b'
  | 'recon'
  | 'emulator-stripe'
  | 'emulator-epicor-kinetic'
  | 'registry'
  | 'postgres'
  | `kafka-${number}`;

/** kill: SIGKILL. freeze: SIGSTOP, later SIGCONT. restart: SIGTERM with drain. Killed and restarted ones start again after `forMs`. */
export type Treatment = 'kill' | 'freeze' | 'restart';

export interface Act {
  readonly atMs: number;
  readonly victim: Victim;
  readonly treatment: Treatment;
  /** How long it is away or frozen. */
  readonly forMs: number;
}

export interface PlanOptions {
  readonly lengthMs: number;
  readonly acts: number;
  readonly brokers: number;
  /** A freeze of a worker that outlives session timeout and lease, so that another one takes over and the zombie wakes up later. */
  readonly longFreezeMs: number;
}

const planPurpose = 2;
const services: readonly Victim[] = ['ingest', 'transform', 'erp-sink', 'erp-sink-b', 'recon'];
const surroundings: readonly Victim[] = ['emulator-stripe', 'emulator-epicor-kinetic', 'registry', 'postgres'];
const longestAwayMs = 3_000;
const longestFreezeMs = 6_000;
const longFreezeShare = 0.3;
/** Between two acts on one victim, so that it is up before the next one. */
const restMs = 1_500;

export function victimsOf(brokers: number): readonly Victim[] {
  return [...services, ...surroundings, ...Array.from({ length: brokers }, (_, index): Victim => `kafka-${index + 1}`)];
}

/** The plan of a round, in order of time: the same for the same seed and round. Each victim comes once before any comes twice. */
export function planOf(seed: number, round: number, options: PlanOptions): Act[] {
  const dice = Dice.of(seed, round, planPurpose);
  const order: Victim[] = [];
  while (order.length < options.acts) order.push(...dice.shuffled(victimsOf(options.brokers)));
  const busyUntil = new Map<string, number>();
  const acts = order.slice(0, options.acts).map((victim): Act => {
    const treatment = dice.pick<Treatment>(['kill', 'kill', 'freeze', 'freeze', 'restart']);
    const forMs = durationOf(treatment, victim, options, dice);
    // Of several brokers one at a time: with two of three away nothing is lost either, but nothing goes on.
    const lane = victim.startsWith('kafka-') ? 'kafka' : victim;
    const atMs = Math.max(dice.between(0, options.lengthMs), busyUntil.get(lane) ?? 0);
    busyUntil.set(lane, atMs + forMs + restMs);
    return { atMs, victim, treatment, forMs };
  });
  return acts.sort((one, other) => one.atMs - other.atMs);
}

function durationOf(treatment: Treatment, victim: Victim, options: PlanOptions, dice: Dice): number {
  if (treatment !== 'freeze') return dice.between(0, longestAwayMs);
  if (services.includes(victim) && dice.chance(longFreezeShare)) return options.longFreezeMs;
  return dice.between(300, longestFreezeMs);
}
