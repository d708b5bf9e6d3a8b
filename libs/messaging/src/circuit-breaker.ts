import { breakerDue, breakerFailed, breakerPassed, closedBreaker } from '@tributary/posting';
import type { Breaker, BreakerPolicy } from '@tributary/posting';
import type { Clock } from './clock.js';
import type { Semaphore } from './semaphore.js';

/** Why a circuit breaker is open. */
export interface BreakerFailure {
  /** When it opened for the first time since it was closed, ms since the epoch. */
  readonly since: number;
  /** The newest failure. */
  readonly error: unknown;
}

/**
 * The circuit breaker in front of a target, for one partition or for all partitions of a consumer. While it is open nothing starts; then
 * one message at a time is let through as a probe until one succeeds. Attempts are not consumed, and heartbeats continue.
 */
export class CircuitBreaker {
  private breaker: Breaker = closedBreaker;
  private probing = false;
  private readonly listeners = new Set<(open: boolean, error?: unknown) => void>();
  private cancel: (() => void) | undefined;
  private closed = false;
  private failing: BreakerFailure | undefined;

  constructor(
    private readonly policy: BreakerPolicy,
    private readonly clock: Clock,
    private readonly semaphore?: Semaphore,
  ) {}

  /** Nothing may start. */
  get isOpen(): boolean {
    return this.breaker.state === 'open';
  }

  /** Why nothing, or nothing but a probe, is let through; undefined while the breaker is closed. */
  get failure(): BreakerFailure | undefined {
    return this.failing;
  }

  /** Shortest delay before a message is retried that failed while the breaker was still closed, milliseconds. */
  get shortestWaitMs(): number {
    return this.policy.probeDelaysMs[0] ?? 1_000;
  }

  /**
   * Permission to start one message. Return it with {@link recordSuccess}, {@link recordFailure} or {@link release}.
   * @param waiter called when the semaphore has room again, if that is what refuses now.
   */
  tryAcquire(waiter: () => void): boolean {
    if (this.breaker.state === 'open' || this.probing) return false;
    if (this.semaphore && !this.semaphore.tryAcquire(waiter)) return false;
    this.probing = this.breaker.state === 'half-open';
    return true;
  }

  /** A message succeeded, or failed for a reason of its own: the target answers. */
  recordSuccess(): void {
    const was = this.breaker.state;
    // Only the probe may close the breaker; ignore messages that started before it opened.
    if (was !== 'open') {
      this.breaker = breakerPassed();
      this.probing = false;
      this.failing = undefined;
    }
    this.semaphore?.release();
    if (was === 'half-open') this.notify();
  }

  /** The target failed. */
  recordFailure(error: unknown): void {
    const was = this.breaker.state;
    this.breaker = breakerFailed(this.breaker, this.clock.now(), this.policy);
    if (this.breaker.state === 'open') this.failing = { since: this.failing?.since ?? this.clock.now(), error };
    this.probing = false;
    this.semaphore?.release();
    if (this.closed || was === 'open' || this.breaker.state !== 'open') return;
    this.cancel = this.clock.after(this.breaker.until - this.clock.now(), () => {
      // Timers may be early by a millisecond; the wait is over because we were woken.
      this.breaker = breakerDue(this.breaker, Math.max(this.clock.now(), this.breaker.until));
      this.notify();
    });
    this.notify(error);
  }

  /** A message that had permission was aborted without having called the target. */
  release(): void {
    this.probing = false;
    this.semaphore?.release();
  }

  /** Calls a listener whenever the breaker opens or may be probed. @returns a function that removes the listener. */
  onChange(listener: (open: boolean, error?: unknown) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Removes the listeners and the timer, which may run for hours and would keep the process alive. */
  close(): void {
    this.closed = true;
    this.cancel?.();
    this.listeners.clear();
  }

  private notify(error?: unknown): void {
    for (const listener of [...this.listeners]) listener(this.isOpen, error);
  }
}
