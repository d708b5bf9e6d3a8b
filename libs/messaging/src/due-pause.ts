import type { Clock } from './clock.js';
import type { Timers } from './timers.js';

/** Keeps a partition paused until its next retry record is due. */
export class DuePause {
  /** Milliseconds; 0 when nothing is waited for. */
  private dueAt = 0;

  constructor(
    private readonly clock: Clock,
    private readonly timers: Timers,
    /** Called when the pause begins or ends. */
    private readonly onChange: () => void,
  ) {}

  get isPaused(): boolean {
    return this.dueAt > 0;
  }

  /** Pauses until then, or longer when a later record is waited for. @param at milliseconds. */
  until(at: number): void {
    if (at <= this.dueAt) return;
    this.dueAt = at;
    this.onChange();
    this.wakeAt(at);
  }

  private wakeAt(at: number): void {
    // Timers have a longest delay: a later due time takes several of them.
    this.timers.later(Math.max(1, at - this.clock.now()), () => {
      if (this.dueAt !== at) return;
      if (this.clock.now() < at - 1) return this.wakeAt(at);
      this.dueAt = 0;
      this.onChange();
    });
  }
}
