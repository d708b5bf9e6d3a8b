import { startStack } from './index.js';
import type { Stack } from './index.js';
import { clusterOf } from './kafka-wire.js';
import pg from 'pg';

let stack: Stack;
const started = Date.now();
beforeAll(async () => {
  stack = await startStack({ kafka: true, registry: true, postgres: true, topics: ['a', 'b'], own: true });
  process.stderr.write(`stack ready in ${Date.now() - started} ms\n`);
});
afterAll(() => stack.stop());

it('answers with a broker', async () => {
  expect(await clusterOf(stack.broker.address)).toEqual({ brokers: 1, controllerId: 1 });
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
