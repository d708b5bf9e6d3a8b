import { PartitionWorker } from './partition-worker.js';
import type { PartitionWorkerOptions } from './partition-worker.js';
import { defaultRetryPolicy } from './retry-policy.js';

it('ends a second stop too when a handler ignores its signal', async () => {
  const options: PartitionWorkerOptions = {
    concurrency: 1,
    policy: defaultRetryPolicy,
    clock: { now: () => 0, after: (_ms, run) => (queueMicrotask(run), () => undefined) },
    process: () => new Promise(() => undefined),
    deadLetter: () => Promise.resolve(),
    onHold: () => undefined,
    onFinished: () => undefined,
  };
  const worker = new PartitionWorker(options);
  worker.admit({ topic: 't', partition: 0, offset: 0n, key: Buffer.from('a'), value: null, headers: {}, timestamp: 0 });
  await worker.close(10);
  await worker.close(10);
  expect(worker.committable).toBeUndefined();
  expect(worker.unfinished).toBe(1);
});
