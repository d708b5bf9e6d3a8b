import { Dice } from '../chaos/dice.js';

/** Every fault, by name; the comment says what it does. How often it strikes is decided where it is injected. */
export const faultNames = [
  // Stripe and the way to the topic
  'duplicate', // an event is delivered twice
  'reorder', // events of a moment arrive in any order
  'delay', // one arrives minutes late
  'redelivery', // the mapper is killed after it has produced: it produces again
  'same-second-burst', // a customer changes several times within a second: versions are equal
  'stale-backfill', // a sweep brings old events when newer ones are long booked
  // Kafka
  'rebalance-in-call', // partitions move while calls are under way; the old owner hears of it late
  'offset-rewind', // committed offsets go back
  'commit-lost', // a commit of offsets is not stored
  'broker-loss', // the brokers answer nothing for a while
  'acknowledgement-lost', // records are stored, their sender hears nothing
  // consumers
  'crash-before-effect', // killed right before the call is sent
  'crash-after-effect', // killed when the ERP has done it, before the answer
  'crash-before-record', // killed between effect and record
  'crash-before-offset', // killed when it is recorded and before the offset is
  'kill-all', // every consumer at the same instant
  'zombie', // frozen beyond its lease and its session, and goes on
  'clock-jump', // the wall clock of a worker is set forward or back
  // PostgreSQL
  'database-failover', // away for seconds, commits whose end is not told, and a clock that differs a little
  'serialization-failure',
  'disk-full',
  // ERP
  'timeout-after-commit', // done, and never answered
  'late-commit', // done after the caller gave up, within the settle time
  'error-500-after-commit',
  'half-commit', // saved, and the release of its batch is done half, late, or without an answer
  'request-lost', // never arrived, and looks get no answer for a while
  'period-closed',
  'duplicate-refused', // the ERP refuses a second document under the same key
  'throttled',
  'target-down',
  'locked-row', // a conflict, again and again, for one document
  'bad-document', // refused as it is, until a person mends it
  'commit-later-than-promised', // done after every look: a second document is possible and has to be found
  // (New names come last, so that seeds that do not choose them stay as they are.)
  'customer-deleted', // a customer is deleted, and the event arrives at any time: before its creation, or before its payments
  'amount-changed', // a second request asks for a receipt under a known posting key, over another amount or in another currency
  'header-only', // header and some lines are stored; the rest comes late or never, with or without an answer
  'line-dropped', // the ERP answers success, and a line is not there
  'line-refused', // a line is refused after its header was stored, until a person mends it
  'discard-unanswered', // a half document is deleted, or not, and nobody is told
  'batch-stuck', // a release that the ERP works on for ever, until a person ends it there
  'period-closes-between', // the period closes between save and release: the release is refused
  'dependency-never-comes', // a document needs one that nobody ever asks for
  'unbalanced-effect', // a flow whose debits are not its credits
  'mapping-switched', // another release of the assets makes other lines under the same key
  'answer-after-300s', // done at once, and answered when nobody waits any more
] as const;
/** Name of a fault. */
export type Fault = (typeof faultNames)[number];

/** Faults that make the ERP break a promise of its connector: there may be two documents then, and they have to be detected. */
export const promiseBreakers: ReadonlySet<Fault> = new Set<Fault>(['commit-later-than-promised']);

/** Probability that a seed has a fault. */
const chanceOfFault = 0.3;
const chanceOfPromiseBreaker = 0.06;

/** The faults of one seed. Each has its own dice: removing one leaves the others as they are, so that a failure can be shrunk. */
export class Faults {
  readonly injected = new Map<Fault, number>();
  private readonly dice = new Map<Fault, Dice>();
  private ended = false;

  constructor(
    seed: number,
    readonly chosen: ReadonlySet<Fault>,
  ) {
    for (const [index, name] of faultNames.entries()) this.dice.set(name, Dice.of(seed, index + 1, 77));
  }

  static chosenBy(seed: number): Set<Fault> {
    const dice = Dice.of(seed, 0, 11);
    const chosen = new Set<Fault>();
    for (const name of faultNames) if (dice.chance(promiseBreakers.has(name) ? chanceOfPromiseBreaker : chanceOfFault)) chosen.add(name);
    return chosen;
  }

  has(name: Fault): boolean {
    return this.chosen.has(name);
  }

  /** Its own dice. */
  of(name: Fault): Dice {
    return this.dice.get(name) as Dice;
  }

  /** Whether it strikes now; counts it. */
  strikes(name: Fault, probability: number): boolean {
    if (this.ended || !this.chosen.has(name) || !this.of(name).chance(probability)) return false;
    this.count(name);
    return true;
  }

  count(name: Fault): void {
    this.injected.set(name, (this.injected.get(name) ?? 0) + 1);
  }

  /** No fault strikes from here on. */
  end(): void {
    this.ended = true;
  }

  get over(): boolean {
    return this.ended;
  }
}
