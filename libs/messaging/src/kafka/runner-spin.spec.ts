import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import './kafka-client.js'; // mends the client

const require = createRequire(import.meta.url);
interface Runner {
  start(): Promise<void>;
  stop(): Promise<void>;
}
const Runner = require('kafkajs/src/consumer/runner') as new (options: object) => Runner;

const mostLooks = 5_000;

it('a consumer that is stopped while a broker leaves the cluster ends, and does not spin without ever letting go of the process', async () => {
  let looks = 0;
  let stopped: Promise<void> | undefined;
  const consumerGroup = {
    groupId: 'group',
    memberId: 'member',
    connect: () => Promise.resolve(),
    joinAndSync: () => Promise.resolve(),
    leave: () => Promise.resolve(),
    fetch: () => Promise.resolve([]),
    // The fetchers are made for brokers 1, 2 and 3. Then 3 is gone, they are made anew, and just then somebody stops the consumer.
    getNodeIds: (): number[] => {
      looks += 1;
      if (looks > mostLooks) throw new Error('it spins: every look is a fetch that returned at once');
      if (looks === 3) stopped = runner.stop();
      return looks < 2 ? [1, 2, 3] : [1, 2];
    },
  };
  const namespace = (): object => ({
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: () => undefined,
    namespace,
  });
  const runner = new Runner({
    logger: { namespace },
    consumerGroup,
    instrumentationEmitter: new EventEmitter(),
    eachBatch: () => Promise.resolve(),
    retry: { retries: 5, initialRetryTime: 1, maxRetryTime: 5 },
    onCrash: () => undefined,
    heartbeatInterval: 1_000,
  });
  await runner.start();
  while (!stopped) await new Promise((resolve) => setImmediate(resolve));
  await stopped;
  expect(looks).toBeLessThan(50);
});
