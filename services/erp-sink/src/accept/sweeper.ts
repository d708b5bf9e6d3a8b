import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { dispositionOf } from '@tributary/domain';
import { createLogger, gauge } from '@tributary/platform';
import { BatchRepository } from '../emit/batches/batch.repository.js';
import { OutcomeRepository } from '../emit/ledger/outcome.repository.js';
import { Poster } from '../emit/poster.js';
import { BatchReleaser } from '../emit/batches/batch-releaser.js';
import { Retention } from '../emit/ledger/retention.js';
import { ResumablePostings } from '../emit/ledger/resumable-postings.js';

export const SWEEP = Symbol('Sweep');

export interface SweepOptions {
  readonly intervalMs: number;
  /** Postings, batches and outcomes taken per sweep. */
  readonly limit: number;
  /** Postings worked on at once. */
  readonly concurrency: number;
}

const lastSweep = gauge('erp_sink_last_sweep_seconds', 'When the ledger was last swept, seconds since the epoch');

/** Documents that come to be there within this time are asked about together, ms. */
const gatherMs = 10;
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
  /** Postings whose documents have just come to be there, and whose dependents nobody has looked for yet. */
  private readonly there = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private following: Promise<void> | undefined;
  private started = false;
  private stopping = false;

  constructor(
    @Inject(Poster) private readonly poster: Poster,
    @Inject(ResumablePostings) private readonly work: ResumablePostings,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
    @Inject(BatchRepository) private readonly batches: BatchRepository,
    @Inject(BatchReleaser) private readonly releaser: BatchReleaser,
    @Inject(Retention) private readonly retention: Retention,
    @Inject(SWEEP) private readonly options: SweepOptions,
  ) {
    // The dependents of a document need not wait for the next sweep.
    poster.onThere = (key) => {
      this.there.add(key);
      this.followSoon();
    };
  }

  start(): void {
    this.started = true;
    this.schedule();
  }

  /** No new work; what runs may finish within the grace. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const grace = setTimeout(() => this.abort.abort(), stopGraceMs);
    await Promise.all([this.running, this.following]);
    clearTimeout(grace);
  }

  private schedule(): void {
    if (this.stopping) return;
    this.timer = setTimeout(() => {
      this.running = this.sweep()
        .catch((error: unknown) => this.say(error, 'the sweep'))
        .finally(() => {
          this.running = undefined;
          this.schedule();
        });
    }, this.options.intervalMs);
  }

  /** One round. Public for tests. */
  async sweep(): Promise<void> {
    const { limit } = this.options;
    await this.publish();
    await this.follow();
    await this.resumeAll(await this.work.resumable(limit));
    await this.each(new Set(await this.batches.candidates(limit)), (batchId) => this.releaser.process(batchId, this.abort.signal));
    await this.publish();
    await this.retention.purgeWhenDue(performance.now());
    lastSweep.set(Date.now() / 1_000);
  }

  /** What waits for documents that are there now goes on. Those that come to be there meanwhile are taken together the next time. */
  private followSoon(): void {
    if (!this.started || this.stopping || this.following) return;
    this.following = sleep(gatherMs)
      .then(() => this.follow())
      .catch((error: unknown) => this.say(error, 'the dependents of what is there now'))
      .finally(() => {
        this.following = undefined;
        if (this.there.size > 0) this.followSoon();
      });
  }

  private async follow(): Promise<void> {
    const keys = [...this.there];
    if (keys.length === 0) return;
    this.there.clear();
    await this.resumeAll(await this.work.dependents(keys, this.options.limit));
  }

  private async resumeAll(keys: readonly string[]): Promise<void> {
    await this.each(new Set(keys), (key) => this.poster.resume(key, this.abort.signal));
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
