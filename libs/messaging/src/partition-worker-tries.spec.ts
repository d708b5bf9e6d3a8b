import { PipelineError } from '@tributary/domain';
import type { IncomingMessage } from './envelope.js';
import type { Failure } from './failure.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { PartitionWorker } from './partition-worker.js';
import type { Clock } from './clock.js';
import { quickRetryPolicy } from './retry-policy.js';

class LaterError extends PipelineError {
  readonly code = 'test.later';
  readonly disposition = 'retry';

  constructor(override readonly retryAfterMs?: number) {
    super('not now');
  }
}

const message: IncomingMessage = { topic: 't', partition: 0, offset: 0n, key: Buffer.from('a'), value: null, headers: {}, timestamp: 0 };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time stands still until somebody waits, and goes on to the end of that wait. */
class SteppingClock implements Clock {
  readonly waits: number[] = [];
  private time = 1_000_000;
  private run: (() => void) | undefined;

  now(): number {
    return this.time;
  }
  after(ms: number, run: () => void): () => void {
    this.run = () => {
      this.time += ms;
      this.waits.push(ms);
      run();
    };
    return () => (this.run = undefined);
  }
  /** @returns false when nobody waits. */
  goOn(): boolean {
    const { run } = this;
    this.run = undefined;
    run?.();
    return run !== undefined;
  }
}

/** Works on one message until nothing is waited for any more. */
async function work(failures: (attempt: number, call: number) => Error | undefined, fromRung = false) {
  const clock = new SteppingClock();
  const buried: Failure[] = [];
  const attempts: number[] = [];
  const worker = new PartitionWorker({
    concurrency: 1,
    policy: quickRetryPolicy,
    clock,
    breaker: new CircuitBreaker({ failuresToOpen: 1, probeDelaysMs: [1_000] }, clock),
    process: async (_message, attempt) => {
      const error = failures(attempt, attempts.push(attempt));
      if (error) throw error;
    },
    deadLetter: async (_message, failure) => void buried.push(failure),
    onPause: () => undefined,
    onFinished: () => undefined,
  });
  if (fromRung) void worker.inject(message, true);
  else worker.admit(message);
  do await turn();
  while (clock.goOn());
  return { waits: clock.waits, attempts, buried };
}

it('waits as long as the other side said, and burns no attempt with it', async () => {
  const { waits, attempts, buried } = await work((_attempt, call) => (call <= 8 ? new LaterError(3_000) : undefined));
  expect({ waits, attempts, buried }).toEqual({ waits: Array(8).fill(3_000), attempts: Array(9).fill(1), buried: [] });
});

it('leaves its key after a minute, with one attempt and with what was said last', async () => {
  const { waits, buried } = await work(() => new LaterError(3_000));
  expect(waits).toEqual(Array(20).fill(3_000));
  expect(buried).toMatchObject([{ disposition: 'retry', attempts: 1, firstAt: 1_000_000, retryAfterMs: 3_000 }]);
});

it('goes on at once to where it is put away when it was told to wait for longer than that', async () => {
  const { waits, buried } = await work(() => new LaterError(600_000));
  expect(waits).toEqual([]);
  expect(buried).toMatchObject([{ disposition: 'retry', attempts: 1, retryAfterMs: 600_000 }]);
});

it('tries quickly when nothing was said', async () => {
  const { waits, attempts } = await work((_attempt, call) => (call <= 2 ? new LaterError() : undefined));
  expect({ waits, attempts }).toEqual({ waits: [200, 1_000], attempts: [1, 2, 3] });
});

it('tries once what comes from a rung: twelve attempts would not be a day otherwise', async () => {
  const { waits, attempts, buried } = await work(() => new LaterError(), true);
  expect({ waits, attempts }).toEqual({ waits: [], attempts: [1] });
  expect(buried).toMatchObject([{ disposition: 'retry', attempts: 1 }]);
});

it('waits as it was told also with what comes from a rung', async () => {
  const { waits, attempts, buried } = await work((_attempt, call) => (call <= 2 ? new LaterError(3_000) : undefined), true);
  expect({ waits, attempts, buried }).toEqual({ waits: [3_000, 3_000], attempts: [1, 1, 1], buried: [] });
});
