import type { Clock } from './clock.js';

/** Timers that end together: none of them runs after {@link close}. */
export class Timers {
  private readonly cancels = new Set<() => void>();
  private closed = false;

  constructor(private readonly clock: Clock) {}

  /** Runs something later, unless the timers are closed before. @param ms milliseconds. */
  later(ms: number, run: () => void): void {
    if (this.closed) return;
    const cancel = this.clock.after(ms, () => {
      this.cancels.delete(cancel);
      if (!this.closed) run();
    });
    this.cancels.add(cancel);
  }

  /** Cancels what waits and takes nothing more. */
  close(): void {
    this.closed = true;
    for (const cancel of this.cancels) cancel();
    this.cancels.clear();
  }
}
