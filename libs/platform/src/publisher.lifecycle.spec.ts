import { connectOrExit, PublisherLifecycle } from './publisher.lifecycle.js';

function recorded(durable: boolean): { calls: string[]; lifecycle: PublisherLifecycle } {
  const calls: string[] = [];
  const publisher = {
    connect: () => new Promise<void>(() => void calls.push('connect')), // a broker that never answers
    drain: async (deadlineMs: number) => {
      calls.push(`drain ${deadlineMs}`);
      return durable;
    },
    close: async () => void calls.push('close'),
  };
  return {
    calls,
    lifecycle: new PublisherLifecycle(publisher, { warn: (text: string) => void calls.push(text), fatal: () => undefined }, 50),
  };
}

it('connects at start and does not wait for the broker', () => {
  const { calls, lifecycle } = recorded(true);
  expect(lifecycle.onApplicationBootstrap()).toBeUndefined();
  expect(calls).toEqual(['connect']);
});

it('closes after everything is acknowledged', async () => {
  const { calls, lifecycle } = recorded(true);
  await lifecycle.onApplicationShutdown();
  expect(calls).toEqual(['drain 50', 'close']);
});

it('says so when not everything is acknowledged in time, and closes all the same', async () => {
  const { calls, lifecycle } = recorded(false);
  await lifecycle.onApplicationShutdown();
  expect(calls).toEqual(['drain 50', 'draining: Kafka did not acknowledge everything within 50 ms', 'close']);
});

it('ends the process with the reason when Kafka refuses, and with nothing else', async () => {
  const told: unknown[] = [];
  const logger = { fatal: (_about: unknown, text: string) => void told.push(text) } as never;
  await connectOrExit({ connect: () => Promise.resolve() }, logger, (code) => void told.push(code));
  expect(told).toEqual([]);
  await connectOrExit({ connect: () => Promise.reject(new Error('may write to no topic')) }, logger, (code) => void told.push(code));
  expect(told).toEqual(['could not start: may write to no topic', 1]);
});
