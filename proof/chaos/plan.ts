import { Dice } from './dice.js';

/** A process that a plan kills, freezes or restarts. `erp-sink-b` is a second worker of the same target; brokers are `kafka-1` ... */
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

/** kill: SIGKILL. freeze: SIGSTOP, later SIGCONT. restart: SIGTERM. Killed and restarted processes start again after `forMs`. */
export type Treatment = 'kill' | 'freeze' | 'restart';

/** One disturbance of a plan. */
export interface Act {
  readonly atMs: number;
  readonly victim: Victim;
  readonly treatment: Treatment;
  /** How long the process is down or frozen. */
  readonly forMs: number;
}

/** Size of a plan. */
export interface PlanOptions {
  readonly lengthMs: number;
  readonly acts: number;
  readonly brokers: number;
  /** A freeze longer than session timeout and lease: another worker takes over, and the frozen one continues as a zombie. */
  readonly longFreezeMs: number;
}

const planPurpose = 2;
const services: readonly Victim[] = ['ingest', 'transform', 'erp-sink', 'erp-sink-b', 'recon'];
const surroundings: readonly Victim[] = ['emulator-stripe', 'emulator-epicor-kinetic', 'registry', 'postgres'];
const maxDownMs = 3_000;
const maxFreezeMs = 6_000;
const longFreezeShare = 0.3;
/** Pause between two acts on one victim, so that it is running before the next act, ms. */
const restMs = 1_500;

/** Every process of a system with that many brokers. */
export function victimsOf(brokers: number): readonly Victim[] {
  return [...services, ...surroundings, ...Array.from({ length: brokers }, (_, index): Victim => `kafka-${index + 1}`)];
}

/** The plan of a round in order of time; the same for the same seed and round. Every victim appears once before any appears twice. */
export function planOf(seed: number, round: number, options: PlanOptions): Act[] {
  const dice = Dice.of(seed, round, planPurpose);
  const order: Victim[] = [];
  while (order.length < options.acts) order.push(...dice.shuffled(victimsOf(options.brokers)));
  const busyUntil = new Map<string, number>();
  const acts = order.slice(0, options.acts).map((victim): Act => {
    const treatment = dice.pick<Treatment>(['kill', 'kill', 'freeze', 'freeze', 'restart']);
    const forMs = durationOf(treatment, victim, options, dice);
    // One broker at a time: with two of three down nothing is lost, but nothing progresses.
    const lane = victim.startsWith('kafka-') ? 'kafka' : victim;
    const atMs = Math.max(dice.between(0, options.lengthMs), busyUntil.get(lane) ?? 0);
    busyUntil.set(lane, atMs + forMs + restMs);
    return { atMs, victim, treatment, forMs };
  });
  return acts.sort((one, other) => one.atMs - other.atMs);
}

function durationOf(treatment: Treatment, victim: Victim, options: PlanOptions, dice: Dice): number {
  if (treatment !== 'freeze') return dice.between(0, maxDownMs);
  if (services.includes(victim) && dice.chance(longFreezeShare)) return options.longFreezeMs;
  return dice.between(300, maxFreezeMs);
}
