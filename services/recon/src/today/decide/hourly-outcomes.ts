import type { TargetOutcomesView } from '@tributary/contracts';

/** Outcomes of one target in one hour. */
export interface OutcomeCount {
  readonly target: string;
  /** Beginning of the hour. */
  readonly hour: Date;
  readonly written: number;
  readonly failed: number;
}

const hourMs = 3_600_000;

/** Counts as one row of hours per target, without gaps. @param until the hour of this time is the last one. */
export function hourlyOutcomes(until: Date, hours: number, counts: readonly OutcomeCount[]): TargetOutcomesView {
  const last = Math.floor(until.getTime() / hourMs) * hourMs;
  const beginnings = Array.from({ length: hours }, (_, index) => last - (hours - 1 - index) * hourMs);
  const targets = [...new Set(counts.map(({ target }) => target))].sort();
  return {
    hours: beginnings.map((hour) => new Date(hour).toISOString()),
    targets: targets.map((target) => {
      const own = new Map(counts.filter((count) => count.target === target).map((count) => [count.hour.getTime(), count]));
      return {
        target,
        written: beginnings.map((hour) => own.get(hour)?.written ?? 0),
        failed: beginnings.map((hour) => own.get(hour)?.failed ?? 0),
      };
    }),
  };
}
