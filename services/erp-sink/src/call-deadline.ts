import { AsyncLocalStorage } from 'node:async_hooks';

/** Returns the milliseconds since the stopwatch was started. */
export type Stopwatch = () => number;

/**
 * The larger of monotonic and wall-clock time: the monotonic clock stops while the machine is suspended, the wall clock can be set back. A clock
 * that is set forward makes a worker give up too early, which does no harm.
 */
export function startStopwatch(): Stopwatch {
  const [monotonic, wall] = [performance.now(), Date.now()];
  return () => Math.max(performance.now() - monotonic, Date.now() - wall);
}

/** The remaining time of a claim in the ledger, never longer here than the lease in the ledger (I7). */
export class Lease {
  /**
   * @param taken started before the transaction that took the lease, so time inside the transaction counts as spent.
   * @param ms length of the lease.
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

/** Runs a call of the connector: the egress guard refuses whatever the call sends after the deadline. @param ms from now. */
export function runWithCallDeadline<T>(ms: number, work: () => Promise<T>): Promise<T> {
  return calls.run(new Lease(startStopwatch(), ms), work);
}

/**
 * The check that the egress guard makes right before bytes leave. After a suspension (SIGSTOP, a sleeping machine) buffered answers are
 * read before any timer fires, so a worker that lost its lease would otherwise send the next request of the same call.
 */
export function callDeadlineCheck(): (() => string | undefined) | undefined {
  const call = calls.getStore();
  return call && (() => (call.remainingMs() > 0 ? undefined : 'call deadline passed while the process was suspended'));
}
