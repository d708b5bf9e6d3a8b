import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { events, topics } from '@tributary/contracts';
import { startStack } from '@tributary/local-stack';
import type { Stack } from '@tributary/local-stack';
import { readSpans, RegistrySchemaIds, spansOf, WireCodec } from '@tributary/messaging';
import { parse } from 'csv-parse/sync';
import { root } from '../contracts/workspace.js';
import { setUp } from './setup.js';

let stack: Stack;
const said: string[] = [];
beforeAll(async () => {
  stack = await startStack({ kafka: true, registry: true, own: true });
  const options = { brokers: stack.brokers, registryUrl: stack.registryUrl, targets: ['main'] };
  for (let time = 0; time < 2; time += 1) await setUp({ ...options, onProgress: (line) => said.push(line) }); // an upgrade repeats it
}, 180_000);
afterAll(() => stack?.stop());

it('describes every currency with other decimals than most, as the page for data teams does, and the same row by the same id', async () => {
  const connection = { brokers: stack.brokers, clientId: 'data-team' };
  const codec = new WireCodec(new RegistrySchemaIds(stack.registryUrl));
  const read: { key: string; id: string; value: unknown }[] = [];
  await readSpans({
    ...connection,
    spans: await spansOf(connection, [topics.currencies]),
    onBatch: async (_topic, _partition, messages) => {
      for (const { key, value, headers } of messages)
        read.push({
          key: String(key),
          id: String(headers['ce_id']),
          value: await codec.decode(events.currencyDescribed, value),
        });
    },
  });
  const rows = parse(readFileSync(join(root, 'docs/data/decimals.csv'), 'utf8'), { columns: true }) as Record<string, string>[];
  const described = rows.map(({ currency, minor_unit_decimals, ledger_decimals }) => ({
    currency,
    minorUnitDecimals: Number(minor_unit_decimals),
    ledgerDecimals: Number(ledger_decimals),
  }));
  const newest = new Map(read.map(({ key, value }) => [key, value]));
  expect([...newest.values()]).toEqual(described);
  expect([...newest.keys()]).toEqual(described.map(({ currency }) => currency));
  expect(read).toHaveLength(2 * described.length); // until the broker compacts them
  expect(new Set(read.map(({ id }) => id)).size).toBe(described.length);
  expect(said.filter((line) => line === `currencies: ${described.length} described`)).toHaveLength(2);
});
