import { checkDayOptions, checkScenarioOptions, defaultDay, defaultScenarioPauseMs } from './day-options.js';
import type { DayOptions, DayState, ExpectedPayment } from './day-options.js';
import type { Deliveries } from './deliveries.js';
import type { Merchant } from './merchant.js';
import { dayName, stepsOf } from './performance.js';
import type { Performance } from './performance.js';
import { Playlist } from './playlist.js';
import { scenarioNamed } from './scenarios/index.js';
import type { Step } from './script.js';
import { Stage } from './stage.js';
import type { Store } from './store.js';

/** What is being played, for progress. */
export interface Playing {
  readonly script: string;
  readonly seed: number;
  readonly step: number;
  readonly steps: number;
  /** What happened last. */
  readonly text: string | null;
}

/** A scenario to play. */
export interface ScenarioOptions {
  readonly name: string;
  readonly seed?: number;
  readonly pauseMs?: number;
}

const dayMs = 86_400_000;

/**
 * Plays the day and the scenarios, one after the other, and lists the payments that a ledger must hold at their end. The scripts write that
 * list as they pay; nothing is read back.
 */
export class Player {
  private readonly playlist: Playlist;
  private text: string | null = null;
  private timer: NodeJS.Timeout | undefined;
  private running = false;
  /** Whether the day (true) and the other scenarios (false) were seen to be over: what comes later does not undo that. */
  private readonly ended = new Set<boolean>();

  constructor(
    private readonly store: Store,
    private readonly merchant: Merchant,
    private readonly deliveries: Deliveries,
  ) {
    this.playlist = new Playlist(store);
  }

  /** Starts the day, once. @returns false when it has been started before. @throws {ApiProblem} 400 for options out of bounds. */
  startDay(options: DayOptions): boolean {
    checkDayOptions(options);
    const { seed, payments, pauseMs } = options;
    const scenarioPauseMs = Math.min(pauseMs, defaultScenarioPauseMs);
    const scenarios = options.scenarios.map((name) => this.performanceOf({ name, pauseMs: scenarioPauseMs }, true));
    if (this.playlist.hasDay) return false;
    const day = { script: dayName, seed, payments, pauseMs, ofDay: true, startsAt: 0, step: 0, ids: {}, paid: [] };
    this.add([day, ...scenarios]);
    return true;
  }

  /** Plays a scenario when what is being played is over. @throws {ApiProblem} 400 for an unknown name or options out of bounds. */
  play(options: ScenarioOptions): void {
    const performance = this.performanceOf(options, false);
    this.ended.delete(false);
    this.add([performance]);
  }

  /** Goes on with what a restart interrupted. */
  resume(): void {
    this.playlist.resume();
    if (!this.playlist.isEmpty) this.begin();
  }

  /** Stops playing; a restart goes on. */
  stop(): void {
    clearTimeout(this.timer);
    this.running = false;
  }

  /** Forgets what was played. */
  reset(): void {
    this.stop();
    this.playlist.reset();
    this.text = null;
    this.ended.clear();
  }

  /** Progress of the day and what belongs to it, or of everything else that was played. Done only when every webhook is acknowledged. */
  report(ofDay: boolean): DayState {
    const { count, step, steps, payments, problem } = this.playlist.progress(ofDay);
    const { pending, acknowledged: delivered } = this.deliveries;
    const calm = step >= steps && this.merchant.unsettled === 0 && pending === 0;
    if (count > 0 && calm && problem === undefined) this.ended.add(ofDay);
    const state = count === 0 ? 'idle' : problem !== undefined ? 'failed' : this.ended.has(ofDay) ? 'done' : 'running';
    return { state, step, steps, payments, delivered, pending, ...(problem === undefined ? {} : { problem }) };
  }

  /** What is being played now; null at rest. */
  get playing(): Playing | null {
    const current = this.playlist.current()?.performance;
    if (!current) return null;
    return { script: current.script, seed: current.seed, step: current.step, steps: stepsOf(current).length, text: this.text };
  }

  /** See {@link Playlist.expected}. */
  expected(): readonly ExpectedPayment[] {
    return this.playlist.expected();
  }

  private performanceOf({ name, seed = defaultDay.seed, pauseMs = defaultScenarioPauseMs }: ScenarioOptions, ofDay: boolean): Performance {
    checkScenarioOptions({ seed, pauseMs });
    const scenario = scenarioNamed(name);
    const midnight = Math.floor(this.merchant.timeline.now() / dayMs) * dayMs;
    const startsAt = scenario.startsAt ?? midnight - scenario.days * dayMs;
    return { script: name, seed, payments: 0, pauseMs, ofDay, startsAt, step: 0, ids: {}, paid: [] };
  }

  private add(performances: readonly Performance[]): void {
    this.playlist.add(performances);
    if (!this.running) this.begin();
  }

  private begin(): void {
    this.deliveries.setPlan({ duplicates: 0.06, reorderMs: 300 });
    this.running = true;
    this.next();
  }

  /** Plays one step; its changes and the progress are stored together. */
  private next(): void {
    const current = this.playlist.current();
    if (!current) {
      this.running = false;
      return;
    }
    const { index, performance } = current;
    const step = stepsOf(performance)[performance.step] as Step;
    this.store.together(() => this.playlist.replace(index, this.played(performance, step, index)));
    this.text = step.text ?? null;
    this.timer = setTimeout(() => this.next(), performance.pauseMs);
  }

  private played(performance: Performance, step: Step, index: number): Performance {
    const { script, startsAt } = performance;
    const stage = new Stage(this.merchant, { ids: performance.ids, paid: performance.paid });
    try {
      if (step.at === undefined) step.run(stage);
      else this.merchant.timeline.at(startsAt + step.at * 1_000, `${script} ${index}`, () => step.run(stage));
      return { ...performance, ...stage.remembered, step: performance.step + 1 };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ...performance, problem: `${script === dayName ? '' : `${script}, `}step ${performance.step}: ${reason}` };
    }
  }
}
