import { PostingAbandonedError } from '../posting.errors.js';

/**
 * As many calls of the target at once as it is allowed, of messages and sweeps together; who waits longest is next. What happens in the
 * ledger before and after a call is not in its turn, so the target is kept busy.
 */
export class CallLimiter {
  private inUse = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** @throws {PostingAbandonedError} when the process stops before the turn comes. */
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

  /** The turn of whoever ends goes on to the next one. */
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
