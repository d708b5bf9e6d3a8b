import { setTimeout as wait } from 'node:timers/promises';

/** What a {@link BackgroundLoop} does. */
export interface BackgroundLoopOptions {
  /** What a round does, for the log: `deleting old message bytes`. */
  readonly doing: string;
  /** One round. @param signal aborted when the loop is stopped. @returns milliseconds until the next round. */
  round(signal: AbortSignal): Promise<number>;
  /** Milliseconds until the next round after one that failed. */
  readonly troubleMs: number;
  /** Tells of a round that failed. */
  warn(text: string): void;
}

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
    const { doing, round, troubleMs, warn } = this.options;
    const { signal } = this.abort;
    while (!signal.aborted) {
      let pauseMs = troubleMs;
      try {
        pauseMs = await round(signal);
      } catch (error) {
        if (signal.aborted) return;
        warn(`${doing}: ${error instanceof Error ? error.message : String(error)}; tried again in ${Math.ceil(troubleMs / 1_000)} s`);
      }
      await wait(pauseMs, undefined, { signal }).catch(() => undefined); // ends early when it is stopped
    }
  }
}
