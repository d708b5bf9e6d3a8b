export const invariants = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10'] as const;
export type Invariant = (typeof invariants)[number];

export interface Violation {
  readonly invariant: Invariant;
  readonly at: number;
  readonly text: string;
}

/** Collects what was checked and what did not hold. The first violation ends a run. */
export class Checks {
  readonly counts = new Map<Invariant, number>();
  violation: Violation | undefined;

  constructor(private readonly now: () => number) {}

  /** @param text only asked for when it does not hold. */
  that(invariant: Invariant, holds: boolean, text: () => string): void {
    this.counts.set(invariant, (this.counts.get(invariant) ?? 0) + 1);
    if (!holds) this.violation ??= { invariant, at: this.now(), text: text() };
  }
}
