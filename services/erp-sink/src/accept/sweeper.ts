import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { dispositionOf } from '@tributary/domain';
import { createLogger, gauge } from '@tributary/platform';
import { BatchRepository } from '../emit/batch.repository.js';
import { OutcomeRepository } from '../emit/outcome.repository.js';
import { Poster } from '../emit/poster.js';
import { Releaser } from '../emit/releaser.js';
import { Retention } from '../emit/retention.js';
import { WorkList } from '../emit/work-list.js';

export const SWEEP = Symbol('Sweep');

export interface SweepOptions {
  readonly intervalMs: number;
  /** Postings, batches and outcomes taken per sweep. */
  readonly limit: number;
  /** Postings worked on at once. */
  readonly concurrency: number;
}

const lastSweep = gauge('erp_sink_last_sweep_seconds', 'When the ledger was last swept, seconds since the epoch');

/** How long calls may go on at stop, ms. */
const stopGraceMs = 10_000;

/**
 * What the ledger has to do without a message: publish what was concluded, resume what waits or lost its worker, release batches. Several
 * pods may sweep at once: every piece of work is claimed in the ledger.
 */
@Injectable()
export class Sweeper implements BeforeApplicationShutdown {
  private readonly log = createLogger('erp-sink');
  private readonly abort = new AbortController();
  private readonly there = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private stopping = false;

  constructor(
    @Inject(Poster) private readonly poster: Poster,
    @Inject(WorkList) private readonly work: WorkList,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
    @Inject(BatchRepository) private readonly batches: BatchRepository,
    @Inject(Releaser) private readonly releaser: Releaser,
    @Inject(Retention) private readonly retention: Retention,
    @Inject(SWEEP) private readonly options: SweepOptions,
  ) {
    // The dependents of a document need not wait for the next sweep.
    poster.onThere = (key) => {
      this.there.add(key);
      this.again = true;
      if (this.timer) this.schedule(0);
    };
  }

  start(): void {
    this.schedule(this.options.intervalMs);
  }

  /** No new work; what runs may finish within the grace. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const grace = setTimeout(() => this.abort.abort(), stopGraceMs);
    await this.running;
    clearTimeout(grace);
  }

  private schedule(ms: number): void {
    clearTimeout(this.timer);
    if (this.stopping || this.running) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.again = false;
      this.running = this.sweep()
        .catch((error: unknown) => this.say(error, 'the sweep'))
        .finally(() => {
          this.running = undefined;
          this.schedule(this.again ? 0 : this.options.intervalMs);
        });
    }, ms);
  }

  /** One round. Public for tests. */
  async sweep(): Promise<void> {
    const { limit } = this.options;
    await this.publish();
    const ready = [...this.there].slice(0, limit);
    for (const key of ready) this.there.delete(key);
    const dependents = await Promise.all(ready.map((key) => this.work.dependents(key, limit)));
    await this.each(new Set([...dependents.flat(), ...(await this.work.resumable(limit))]), (key) =>
      this.poster.resume(key, this.abort.signal),
    );
    await this.each(new Set(await this.batches.candidates(limit)), (batchId) => this.releaser.tend(batchId, this.abort.signal));
    await this.publish();
    await this.retention.purgeWhenDue(performance.now());
    lastSweep.set(Date.now() / 1_000);
  }

  private async publish(): Promise<void> {
    const { limit } = this.options;
    while ((await this.poster.publishDue(await this.outcomes.due(limit))) === limit && !this.stopping);
  }

  /** Some at a time. One that fails does not hold back the others, but a target that is down ends the round. */
  private async each(keys: ReadonlySet<string>, act: (key: string) => Promise<void>): Promise<void> {
    const queue = [...keys];
    let down = false;
    const lane = async (): Promise<void> => {
      for (let key = queue.shift(); key !== undefined && !down && !this.stopping; key = queue.shift()) {
        try {
          await act(key);
        } catch (error) {
          down ||= dispositionOf(error) === 'pause';
          this.say(error, key);
        }
      }
    };
    await Promise.all(Array.from({ length: this.options.concurrency }, lane));
  }

  private say(error: unknown, about: string): void {
    if (!this.stopping)
      this.log.warn({ err: error, about }, `sweeping ${about}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
