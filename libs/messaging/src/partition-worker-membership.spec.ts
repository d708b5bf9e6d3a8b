import { CircuitBreaker } from './circuit-breaker.js';
import { TargetDownError, TryAgainError } from './conformance/fixture.js';
import type { IncomingMessage } from './envelope.js';
import { PartitionWorker } from './partition-worker.js';
import type { Clock } from './clock.js';
import type { PartitionWorkerOptions } from './partition-worker.js';

const aMessage = (offset: bigint): IncomingMessage => ({
  topic: 't',
  partition: 0,
  offset,
  key: Buffer.from('a'),
  value: null,
  headers: {},
  timestamp: 0,
});
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock whose timers are only counted. */
class CountingClock implements Clock {
  readonly timers = new Set<() => void>();
  now(): number {
    return 0;
  }
  after(_ms: number, run: () => void): () => void {
    this.timers.add(run);
    return () => void this.timers.delete(run);
  }
}

function aWorker(clock: Clock, more: Partial<PartitionWorkerOptions>): { worker: PartitionWorker; breaker: CircuitBreaker } {
  const breaker = new CircuitBreaker({ failuresToOpen: 1, probeDelaysMs: [3_600_000] }, clock);
  const worker = new PartitionWorker({
    concurrency: 4,
    policy: { delaysMs: [3_600_000], maxAttempts: 9, maxAgeMs: 36_000_000, pauseDelaysMs: [3_600_000] },
    clock,
    breaker,
    process: async () => undefined,
    deadLetter: async () => undefined,
    onPause: () => undefined,
    onFinished: () => undefined,
    ...more,
  });
  return { worker, breaker };
}

it('starts nothing while it is not known whether this is a member, and goes on when it is', async () => {
  let member = true;
  const runs: bigint[] = [];
  const { worker } = aWorker(new CountingClock(), {
    mayStart: () => member,
    process: async ({ offset }) => {
      runs.push(offset);
      member = false; // it was suspended
    },
  });
  for (const offset of [0n, 1n, 2n]) worker.admit(aMessage(offset));
  await turn();
  expect(runs).toEqual([0n]);
  await worker.idle(); // nothing could run now
  member = true;
  worker.wake();
  await turn();
  expect(runs).toEqual([0n, 1n]);
  expect(worker.committable).toBe(2n);
});

it.each([
  ['a message that waits for its next attempt', () => new TryAgainError('not yet')],
  ['a target that is down', () => new TargetDownError('no answer')],
])('leaves no timer behind when it is closed: %s', async (_name, fail) => {
  const clock = new CountingClock();
  const { worker, breaker } = aWorker(clock, { process: () => Promise.reject(fail()) });
  worker.admit(aMessage(0n));
  await turn();
  expect(clock.timers.size).toBeGreaterThan(0);
  await worker.close(10);
  breaker.close();
  expect(clock.timers.size).toBe(0);
});

it('leaves no timer behind when a handler fails while it is being closed', async () => {
  const clock = new CountingClock();
  let fail = (_error: Error): void => undefined;
  const { worker, breaker } = aWorker(clock, { process: () => new Promise((_resolve, reject) => (fail = reject)) });
  worker.admit(aMessage(0n));
  await turn();
  const closed = worker.close(3_600_000);
  fail(new TryAgainError('not yet'));
  await closed;
  breaker.close();
  expect(clock.timers.size).toBe(0);
});
