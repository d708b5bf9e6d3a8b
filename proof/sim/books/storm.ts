import type { Dice } from '../../chaos/dice.js';

/** What may go wrong with a call while the storm lasts. */
export const storyFaults = [
  'lost-answer',
  'not-stored',
  'late-commit',
  'header-without-lines',
  'lines-come-late',
  'refused',
  'silent-lookup',
  'slow-answer',
  'stuck-release',
  'killed',
  'frozen',
  'period-closes',
  'redelivered',
  'reads-silent',
  'person-deletes',
  'number-comes-back',
  'keys-collide',
  'long-calls',
  'answered-late',
  'answered-twice',
  'answered-wrongly',
  'stripe-silent',
] as const;
/** One of {@link storyFaults}. */
export type StoryFault = (typeof storyFaults)[number];

/** Which faults strike in a seed, and how often they did. */
export class Storm {
  isOver = false;
  readonly struck = new Map<StoryFault, number>();

  constructor(
    private readonly dice: Dice,
    private readonly chosen: ReadonlySet<StoryFault>,
  ) {}

  /** The ERP answers no lookup before this time, ms. */
  readsSilentUntil = 0;
  /** Stripe answers nothing before this time, ms. */
  stripeSilentUntil = 0;

  /** Whether the ERP answers no lookup. */
  isSilent(now: number): boolean {
    return !this.isOver && now < this.readsSilentUntil;
  }

  /** Notes what the ERP of the seed did by its nature. */
  note(fault: StoryFault): void {
    this.struck.set(fault, (this.struck.get(fault) ?? 0) + 1);
  }

  /** Whether the fault strikes now. */
  strikes(fault: StoryFault, probability: number): boolean {
    if (this.isOver || !this.chosen.has(fault) || !this.dice.chance(probability)) return false;
    this.note(fault);
    return true;
  }
}
