import type { Stage } from './stage.js';

/** One thing that happens in a script; everything in it is stored together. */
export interface Step {
  /** Seconds after the start of the script; without it the step plays at the time of the clock. */
  readonly at?: number;
  /** What happens, for the progress that is shown. */
  readonly text?: string;
  run(stage: Stage): void;
}

/** What is played under a name. */
export interface Scenario {
  readonly name: string;
  /** One sentence. */
  readonly summary: string;
  /** It begins at midnight UTC this many days ago, so that it ends about now. */
  readonly days: number;
  /** Ms since the epoch, for a story whose dates are given; then `days` only says how long it is. */
  readonly startsAt?: number;
  /** Draws every random value, so that the same seed is the same story, also after a restart. */
  steps(seed: number): Step[];
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** Seconds after the start: day (the first is 0), hour and minute, UTC. */
export function at(days: number, hours = 0, minutes = 0): number {
  return days * day + hours * hour + minutes * minute;
}

/** Steps by their time; those of one second keep their order. */
export function inOrder(steps: readonly Step[]): Step[] {
  return [...steps].sort((a, b) => (a.at ?? 0) - (b.at ?? 0));
}
