import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { dispositionOf } from '@tributary/domain';
import { createLogger, gauge } from '@tributary/platform';
import type { Logger } from 'pino';
import { BatchRepository } from '../emit/batches/batch.repository.js';
import { OutcomeRepository } from '../emit/ledger/outcome.repository.js';
import { DocumentRecorded } from '../emit/document-recorded.js';
import { Poster } from '../emit/poster.js';
import { BatchReleaser } from '../emit/batches/batch-releaser.js';
import { ResumablePostings } from '../emit/ledger/resumable-postings.js';
import { TargetPauses } from '../emit/target-pauses.js';
import { TARGET } from '../emit/tokens.js';

/** Injection token of {@link SweepOptions}. */
export const SWEEP = Symbol('Sweep');

/** How often the sweeper runs, and how much it takes each time. */
export interface SweepOptions {
  readonly intervalMs: number;
  /** Postings, batches and outcomes taken per sweep. */
  readonly limit: number;
  /** Postings worked on at once. */
  readonly concurrency: number;
}

const lastSweep = gauge('erp_sink_last_sweep_seconds', 'When the ledger was last swept, seconds since the epoch', ['target']);

/** Dependents of documents that are recorded within this time are resumed together, ms. */
const gatherMs = 10;
/** Time for open calls at shutdown, ms. */
const stopGraceMs = 10_000;

/**
 * Does the work that no message triggers: publishes outcomes, resumes postings that wait or lost their worker, releases batches. Several
 * pods may sweep at once, because every piece of work is claimed in the ledger.
 */
@Injectable()
export class Sweeper implements BeforeApplicationShutdown {
  private readonly log: Logger;
  private readonly abort = new AbortController();
  /** Posting keys whose documents were just recorded and whose dependents are not resumed yet. */
  private readonly recorded = new Set<string>();
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
    @Inject(SWEEP) private readonly options: SweepOptions,
    @Inject(DocumentRecorded) documentRecorded: DocumentRecorded,
    @Inject(TARGET) private readonly target: string,
    @Inject(TargetPauses) private readonly pauses: TargetPauses,
  ) {
    this.log = createLogger('erp-sink').child({ context: 'Sweeper', target });
    // Dependents of a recorded document are resumed, and a batch that a posting needs is released, without waiting for the next sweep.
    documentRecorded.onRecorded((keys) => {
      for (const key of keys) this.recorded.add(key);
      this.followSoon();
    });
  }

  start(): void {
    this.started = true;
    this.schedule();
  }

  /** Starts no new work and lets open calls finish within the grace period. */
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

  /** Runs one sweep. Public for tests. */
  async sweep(): Promise<void> {
    const { limit } = this.options;
    await this.publish();
    if ((await this.pauses.known()) === null) {
      await this.follow();
      await this.resumeAll(await this.work.resumable(limit));
      await this.releaseAll(await this.batches.candidates(limit));
      await this.publish();
    }
    lastSweep.set({ target: this.target }, Date.now() / 1_000);
  }

  /**
   * Resumes postings that wait for recorded documents. Dependents of documents that are recorded meanwhile are resumed together afterwards.
   */
  private followSoon(): void {
    if (!this.started || this.stopping || this.following) return;
    this.following = sleep(gatherMs)
      .then(() => this.follow())
      .catch((error: unknown) => this.say(error, 'dependents of recorded documents'))
      .finally(() => {
        this.following = undefined;
        if (this.recorded.size > 0) this.followSoon();
      });
  }

  private async follow(): Promise<void> {
    const keys = [...this.recorded];
    if (keys.length === 0 || (await this.pauses.known()) !== null) return; // a sweep after the pause resumes what waits for them
    this.recorded.clear();
    const dependents = await this.work.dependents(keys, this.options.limit);
    if (dependents.length === 0) return;
    await this.resumeAll(dependents);
    await this.releaseAll(await this.work.neededBatches(keys));
  }

  private async resumeAll(keys: readonly string[]): Promise<void> {
    await this.each(new Set(keys), (key) => this.poster.resume(key, this.abort.signal));
  }

  private async releaseAll(batchIds: readonly string[]): Promise<void> {
    await this.each(new Set(batchIds), (batchId) => this.releaser.process(batchId, this.abort.signal));
  }

  private async publish(): Promise<void> {
    const { limit } = this.options;
    while ((await this.poster.publishDue(await this.outcomes.due(limit))) === limit && !this.stopping);
  }

  /** Works on several keys concurrently. One failure does not stop the others, but an unavailable target ends the sweep. */
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
