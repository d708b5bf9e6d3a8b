import { setTimeout as sleep } from 'node:timers/promises';
import { counter } from './metrics.js';

/** Longest wait after rounds that failed one after the other, ms, of loops that begin with a shorter one. */
const longestTroubleMs = 5_000;
const failedRounds = counter('background_failed_rounds_total', 'Rounds of background work that failed, by what the work is.', ['doing']);

/** What a {@link BackgroundLoop} does. */
export interface BackgroundLoopOptions {
  /** What a round does, for the log: `deleting old message bytes`. */
  readonly doing: string;
  /** One round. @param signal aborted when the loop is stopped. @returns milliseconds until the next round. */
  round(signal: AbortSignal): Promise<number>;
  /** Milliseconds until the next round after one that failed; twice as long after the next one that fails, up to {@link longestTroubleMs}. */
  readonly troubleMs: number;
  /** Tells of a round that failed. */
  warn(text: string): void;
  /** Waits until it is time for the next round, or the signal is aborted; a clock of its own for specs. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Ends early, and without an error, when it is stopped. */
const waitFor = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);

/** Repeats work until it is stopped. A round that fails is told of and ends nothing; rounds never overlap. */
export class BackgroundLoop {
  private readonly abort = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: BackgroundLoopOptions) {}

  /** Aborted when the loop is stopped. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  /** Starts the first round now. A loop that runs, or was stopped, is not started again. */
  start(): void {
    this.running ??= this.run();
  }

  /** Ends a wait at once, lets the round that is under way finish, and starts no other. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { doing, round, troubleMs, warn, wait = waitFor } = this.options;
    const { signal } = this.abort;
    let failed = 0;
    while (!signal.aborted) {
      let pauseMs: number;
      try {
        pauseMs = await round(signal);
        failed = 0;
      } catch (error) {
        if (signal.aborted) return;
        pauseMs = Math.min(troubleMs * 2 ** failed, Math.max(troubleMs, longestTroubleMs));
        failed += 1;
        failedRounds.inc({ doing });
        warn(`${doing}: ${error instanceof Error ? error.message : String(error)}; tried again in ${Math.ceil(pauseMs / 1_000)} s`);
      }
      await wait(pauseMs, signal);
    }
  }
}
