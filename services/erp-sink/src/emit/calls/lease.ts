import { AsyncLocalStorage } from 'node:async_hooks';

/** Milliseconds since it was made. */
export type Stopwatch = () => number;

/**
 * By the clock that says more: the monotonic one knows nothing of a machine that was suspended, the other one may be set back. A clock that
 * is set forward lets a worker give up for nothing, which does no harm.
 */
export function startStopwatch(): Stopwatch {
  const [monotonic, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}

/** How long a claim of the ledger still holds, as its worker can know it (I7). */
export class Lease {
  /**
   * @param taken started before the transaction that took the lease: what passed inside of it counts as spent.
   * @param ms what was granted.
   */
  constructor(
    private readonly taken: Stopwatch,
    private readonly ms: number,
  ) {}

  remainingMs(): number {
    return this.ms - this.taken();
  }
}

const calls = new AsyncLocalStorage<Lease>();

/** Runs a call of the connector: whatever it sends on the way is refused once the time is over. @param ms from now. */
export function withinCall<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return calls.run(new Lease(startStopwatch(), ms), work);
}

/**
 * For the egress guard, which asks right before bytes leave: after a stop (SIGSTOP, a suspended machine) the answers that lie in the socket
 * are read before any timer fires, and the next request of the same call would be sent by a worker that has lost its lease.
 */
export function callPermit(): (() => string | undefined) | undefined {
  const call = calls.getStore();
  return call && (() => (call.remainingMs() > 0 ? undefined : 'its call had to end before; the process stood still'));
}
