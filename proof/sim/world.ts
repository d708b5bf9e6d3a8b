import { Dice } from '../chaos/dice.js';
import { Checks } from './checks.js';
import type { Core } from './core.js';
import { Engine } from './engine.js';
import type { Host, Process } from './engine.js';
import type { Fault, Faults } from './faults.js';
import type { SimKind } from './sim-request.js';

/** An error of a simulated service, with the dispositions of libs/domain. */
export class Failed extends Error {
  constructor(
    readonly code: string,
    readonly disposition: 'retry' | 'pause' | 'reject' | 'hold',
    text: string,
    /** With `retry`: the delay that the target asked for, ms. */
    readonly retryAfterMs?: number,
  ) {
    super(text);
  }
}

/** Thrown in a process whose work is no longer wanted, because its partition was revoked. */
export class Aborted extends Error {}

/** Start of every run; whole seconds make traces readable. */
const startAt = 1_700_000_000_000;

/** Everything that the parts of one run share. */
export class World {
  readonly engine = new Engine(startAt);
  readonly checks = new Checks(() => this.engine.now - startAt);
  /** For latencies and choices that are not faults. */
  readonly dice: Dice;
  readonly startedAt = startAt;
  readonly lines: string[] = [];

  constructor(
    readonly seed: number,
    readonly core: Core,
    readonly faults: Faults,
    private readonly traced: boolean,
  ) {
    this.dice = Dice.of(seed, 0, 5);
    this.engine.onCrash = (error) =>
      this.checks.that('I7', false, () => `a process died of ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  /** Whether the target can delete what is saved: four of five can. */
  get canDiscard(): boolean {
    return this.seed % 5 !== 0;
  }

  /** Whether the target assigns the batch of such a document with the save. */
  isAssigned(kind: SimKind): boolean {
    return kind === 'journal' && this.seed % 2 === 1;
  }

  get now(): number {
    return this.engine.now;
  }

  trace(who: string, text: () => string): void {
    if (this.traced) this.lines.push(`${((this.engine.now - startAt) / 1_000).toFixed(3).padStart(10)}  ${who.padEnd(10)} ${text()}`);
  }

  /** Causes a rebalance while a call is in flight. */
  onRebalance: () => void = () => undefined;

  /** Suspends the process here when that fault strikes: for longer than its lease, or for less than the margin of its lease. */
  *mayFreeze(host: Host, probability: number): Process {
    if (!this.faults.strikes('zombie', probability)) return;
    const dice = this.faults.of('zombie');
    host.frozenUntil = this.now + (dice.chance(0.5) ? dice.between(3_000, 7_500) : dice.between(2_000, 90_000));
    this.trace(host.name, () => `FROZEN for ${host.frozenUntil - this.now} ms`);
    yield 0;
  }

  /** kill -9 when that fault strikes: the calling process never continues. */
  *mayCrash(host: Host, fault: Fault, probability: number): Process {
    if (!this.faults.strikes(fault, probability)) return;
    this.trace(host.name, () => `KILLED: ${fault}`);
    host.alive = false;
    yield 0;
  }
}
