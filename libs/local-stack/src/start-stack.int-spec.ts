import pg from 'pg';
import { startStack } from './index.js';
import type { Stack } from './index.js';
import { clusterOf } from './kafka-wire.js';

describe('a stack of one broker, registry and database', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ kafka: true, registry: true, postgres: true, topics: ['a', 'b'], own: true });
  });
  afterAll(() => stack.stop());

  it('answers with a broker', async () => {
    expect(await clusterOf(stack.broker.address)).toEqual({ brokers: 1, controllerId: 1 });
  });

  it('makes topics, and is quiet about those that are there', async () => {
    await stack.createTopics(['a', 'c'], 2, { 'cleanup.policy': 'compact' });
  });

  it('says why a topic could not be made', async () => {
    await expect(stack.createTopics(['no such name!'])).rejects.toThrow(/creating topics at .*: no such name!: Topic name is invalid/);
  });

  it('answers with an empty registry in the dialect of Confluent', async () => {
    const answer = await fetch(`${stack.registryUrl}/subjects`);
    expect(await answer.json()).toEqual([]);
  });

  it('answers with an empty database', async () => {
    const client = new pg.Client({ connectionString: stack.databaseUrl });
    await client.connect();
    const { rows } = await client.query("select count(*)::int as n from information_schema.tables where table_schema = 'public'");
    await client.end();
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('brings a killed broker back on the same address', async () => {
    await stack.broker.kill9();
    await expect(clusterOf(stack.broker.address)).rejects.toThrow('ECONNREFUSED');
    await stack.broker.start();
    expect(await clusterOf(stack.broker.address)).toEqual({ brokers: 1, controllerId: 1 });
  });

  it('keeps connections open and answers nothing while a broker is frozen', async () => {
    await stack.broker.sigstop();
    await expect(clusterOf(stack.broker.address)).rejects.toThrow('no answer within 5000 ms');
    await stack.broker.sigcont();
    expect(await clusterOf(stack.broker.address)).toMatchObject({ brokers: 1 });
  });

  it('is shared by tests that are told where it is, each with a database of its own', async () => {
    const { brokers, registryUrl, databaseUrl } = stack;
    process.env.TRIBUTARY_TEST_STACK = JSON.stringify({ brokers, registryUrl, databaseUrl });
    try {
      const one = await startStack({ kafka: true, postgres: true });
      const other = await startStack({ kafka: true, postgres: true });
      expect(one.brokers).toEqual(brokers);
      expect(new Set([one.databaseUrl, other.databaseUrl, databaseUrl]).size).toBe(3);
      expect(() => one.broker.kill9()).toThrow('start this stack with `own: true`');
      await Promise.all([one.stop(), other.stop()]);
    } finally {
      delete process.env.TRIBUTARY_TEST_STACK;
    }
  });
});

it('is a cluster of three that survives the loss of one', async () => {
  const stack = await startStack({ kafka: true, brokers: 3, topics: ['replicated'] });
  try {
    expect(stack.brokers).toHaveLength(3);
    await stack.nodes[2]?.kill9();
    expect((await clusterOf(stack.broker.address)).controllerId).toBeGreaterThan(0);
    await stack.nodes[2]?.start();
    expect(await clusterOf(stack.nodes[2]?.address as string)).toMatchObject({ brokers: 3 });
  } finally {
    await stack.stop();
  }
});
