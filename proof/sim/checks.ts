/** Numbers of docs/invariants.md that the simulation checks. */
export const invariants = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12', 'I13', 'I14'] as const;
/** One of {@link invariants}. */
export type Invariant = (typeof invariants)[number];

/** An invariant that did not hold. `at`: milliseconds since the start of the run. */
export interface Violation {
  readonly invariant: Invariant;
  readonly at: number;
  readonly text: string;
}

/** Counts checks and keeps the first violation, which ends the run. */
export class Checks {
  readonly counts = new Map<Invariant, number>();
  violation: Violation | undefined;

  constructor(private readonly now: () => number) {}

  /** @param text called only when the invariant does not hold. */
  that(invariant: Invariant, holds: boolean, text: () => string): void {
    this.counts.set(invariant, (this.counts.get(invariant) ?? 0) + 1);
    if (!holds) this.violation ??= { invariant, at: this.now(), text: text() };
  }
}
