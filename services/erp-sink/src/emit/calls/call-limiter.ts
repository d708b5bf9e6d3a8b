import { PostingAbandonedError } from '../posting.errors.js';

/**
 * Limits the calls of the target that are open at once, of messages and sweeps together, first come first served. Work in the ledger before
 * and after a call is outside the limit, so the target is kept busy.
 */
export class CallLimiter {
  private inUse = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(readonly limit: number) {}

  /** Calls that are open now. */
  get open(): number {
    return this.inUse;
  }

  /** Runs the work once a slot is free. @throws {PostingAbandonedError} when the process stops before that. */
  async take<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (this.inUse >= this.limit) await this.room(signal);
    else this.inUse += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.inUse -= 1;
    }
  }

  /** Waits until a finished call hands its slot over. */
  private room(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        const index = this.waiting.indexOf(mine);
        if (index < 0) return;
        this.waiting.splice(index, 1);
        reject(new PostingAbandonedError('waiting to call the target: the process stops', {}));
      };
      this.waiting.push(mine);
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
    });
  }
}
