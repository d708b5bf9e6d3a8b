import { invariants } from './checks.js';
import type { Invariant } from './checks.js';
import { faultNames } from './faults.js';
import type { Fault } from './faults.js';
import type { RunResult } from './run.js';

/** Sums over many seeds. Grows seed by seed, and a campaign can be resumed from it. */
export interface Tally {
  readonly from: number;
  /** The next seed to run. */
  next: number;
  seeds: number;
  events: number;
  requests: number;
  /** CPU time of the runs, ms. */
  cpuMs: number;
  ends: Record<string, number>;
  checks: Record<Invariant, number>;
  /** Per fault: seeds it was injected in, and how often. */
  faults: Record<Fault, { seeds: number; injected: number }>;
  /** How often a fault was injected in seeds that checked the invariant. */
  matrix: Record<Fault, Record<Invariant, number>>;
  violations: { seed: number; invariant: Invariant; text: string; faults: readonly Fault[] }[];
}

const zeros = <K extends string>(names: readonly K[]): Record<K, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<K, number>;

/** A tally of no seeds. @param from the first seed to run. */
export function newTally(from: number): Tally {
  return {
    from,
    next: from,
    seeds: 0,
    events: 0,
    requests: 0,
    cpuMs: 0,
    ends: {},
    checks: zeros(invariants),
    faults: Object.fromEntries(faultNames.map((name) => [name, { seeds: 0, injected: 0 }])) as Tally['faults'],
    matrix: Object.fromEntries(faultNames.map((name) => [name, zeros(invariants)])) as Tally['matrix'],
    violations: [],
  };
}

/** Adds one run. */
export function add(tally: Tally, { seed, events, requests, ends, checked, injected, violation, faults }: RunResult): void {
  tally.next = seed + 1;
  tally.seeds += 1;
  tally.events += events;
  tally.requests += requests;
  for (const [end, count] of Object.entries(ends)) tally.ends[end] = (tally.ends[end] ?? 0) + count;
  for (const [invariant, count] of checked) tally.checks[invariant] += count;
  for (const [fault, count] of injected) {
    tally.faults[fault].seeds += 1;
    tally.faults[fault].injected += count;
    for (const [invariant, checks] of checked) if (checks > 0) tally.matrix[fault][invariant] += count;
  }
  if (violation) tally.violations.push({ seed, invariant: violation.invariant, text: violation.text, faults });
}
