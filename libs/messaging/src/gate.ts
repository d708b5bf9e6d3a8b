import { breakerDue, breakerFailed, breakerPassed, closedBreaker } from '@tributary/posting';
import type { Breaker, BreakerPolicy } from '@tributary/posting';
import type { Clock } from './partition-worker.js';

/**
 * The circuit breaker in front of a target, of one partition or of all of a consumer. While it is open nothing starts; then one message
 * at a time is let through as a probe until one gets through. Attempts are not burnt and heartbeats go on.
 */
export class Gate {
  private breaker: Breaker = closedBreaker;
  private probing = false;
  private readonly listeners = new Set<(open: boolean, error?: unknown) => void>();
  private cancel: (() => void) | undefined;
  private closed = false;

  constructor(
    private readonly policy: BreakerPolicy,
    private readonly clock: Clock,
  ) {}

  /** Nothing may start. */
  get isOpen(): boolean {
    return this.breaker.state === 'open';
  }

  /** For how long a message is left alone that failed with the target before the breaker opened, ms. */
  get shortestWaitMs(): number {
    return this.policy.probeDelaysMs[0] ?? 1_000;
  }

  /** Takes leave to start one message. Give back with {@link passed}, {@link failed} or {@link released}. */
  take(): boolean {
    if (this.breaker.state === 'open') return false;
    if (this.breaker.state === 'closed') return true;
    if (this.probing) return false;
    this.probing = true;
    return true;
  }

  /** A message got through, or failed for a reason of its own. */
  passed(): void {
    if (this.breaker.state === 'open') return; // it was under way when others failed: the probe decides
    const was = this.breaker.state;
    this.breaker = breakerPassed();
    this.probing = false;
    if (was !== 'closed') this.tell();
  }

  /** The target failed. */
  failed(error: unknown): void {
    const was = this.breaker.state;
    this.breaker = breakerFailed(this.breaker, this.clock.now(), this.policy);
    this.probing = false;
    if (this.closed || was === 'open' || this.breaker.state !== 'open') return;
    this.cancel = this.clock.after(this.breaker.until - this.clock.now(), () => {
      // Timers may be early by a millisecond; the wait is over because we were woken.
      this.breaker = breakerDue(this.breaker, Math.max(this.clock.now(), this.breaker.until));
      this.tell();
    });
    this.tell(error);
  }

  /** What took leave to start ended without having asked the target (it was aborted). */
  released(): void {
    this.probing = false;
  }

  /** Told whenever it opens or may be tried again. @returns a function that ends it. */
  onChange(listener: (open: boolean, error?: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Wakes nobody any more. Its timer may be of hours, and would keep the process alive. */
  close(): void {
    this.closed = true;
    this.cancel?.();
    this.listeners.clear();
  }

  private tell(error?: unknown): void {
    for (const listener of [...this.listeners]) listener(this.isOpen, error);
  }
}
