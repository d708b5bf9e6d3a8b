import { breakerDue, breakerFailed, breakerPassed, closedBreaker } from '@tributary/posting';
import type { Breaker, BreakerPolicy } from '@tributary/posting';
import type { Clock } from './partition-worker.js';
import type { Slots } from './slots.js';

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
    private readonly slots?: Slots,
  ) {}

  /** Nothing may start. */
  get isOpen(): boolean {
    return this.breaker.state === 'open';
  }

  /** For how long a message is left alone that failed with the target before the breaker opened, ms. */
  get shortestWaitMs(): number {
    return this.policy.probeDelaysMs[0] ?? 1_000;
  }

  /**
   * Takes leave to start one message. Give it back with {@link passed}, {@link failed} or {@link released}.
   * @param waiter called when there is room again, where it is room that is missing.
   */
  take(waiter: () => void): boolean {
    if (this.breaker.state === 'open' || this.probing) return false;
    if (this.slots && !this.slots.take(waiter)) return false;
    this.probing = this.breaker.state === 'half-open';
    return true;
  }

  /** A message got through, or failed for a reason of its own. */
  passed(): void {
    const was = this.breaker.state;
    // One that was under way when others failed decides nothing: the probe does.
    if (was !== 'open') {
      this.breaker = breakerPassed();
      this.probing = false;
    }
    this.slots?.give();
    if (was === 'half-open') this.tell();
  }

  /** The target failed. */
  failed(error: unknown): void {
    const was = this.breaker.state;
    this.breaker = breakerFailed(this.breaker, this.clock.now(), this.policy);
    this.probing = false;
    this.slots?.give();
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
    this.slots?.give();
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
