import { CircuitBreaker } from './circuit-breaker.js';
import { PartitionWorker } from './partition-worker.js';
import type { PartitionWorkerOptions } from './partition-worker.js';
import { defaultRetryPolicy } from './retry-policy.js';

it('ends a second stop too when a handler ignores its signal', async () => {
  const clock: PartitionWorkerOptions['clock'] = { now: () => 0, after: (_ms, run) => (queueMicrotask(run), () => undefined) };
  const options: PartitionWorkerOptions = {
    concurrency: 1,
    policy: defaultRetryPolicy,
    clock,
    breaker: new CircuitBreaker({ failuresToOpen: 1, probeDelaysMs: [1_000] }, clock),
    process: () => new Promise(() => undefined),
    deadLetter: () => Promise.resolve(),
    onPause: () => undefined,
    onFinished: () => undefined,
  };
  const worker = new PartitionWorker(options);
  worker.admit({ topic: 't', partition: 0, offset: 0n, key: Buffer.from('a'), value: null, headers: {}, timestamp: 0 });
  await worker.close(10);
  await worker.close(10);
  expect(worker.committable).toBeUndefined();
  expect(worker.unfinished).toBe(1);
});
