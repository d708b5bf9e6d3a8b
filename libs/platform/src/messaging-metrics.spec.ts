import { createMessagingMetrics, messagingMetrics } from './messaging-metrics.js';
import { metricsRegistry } from './metrics.js';

afterEach(() => metricsRegistry.resetMetrics());

async function valuesOf(...names: string[]): Promise<unknown[]> {
  const all = await metricsRegistry.getMetricsAsJSON();
  return names.map((name) => all.find((metric) => metric.name === name)?.values[0]?.value);
}

it('publishes the counts of messaging with the prefix of the product', async () => {
  messagingMetrics.count('messages_retried_total', { group: 'g', code: 'erp.busy' });
  messagingMetrics.count('messages_retried_total', { group: 'g', code: 'erp.busy' }, 2);
  messagingMetrics.set('consumer_lag', { group: 'g' }, 7);
  expect(await valuesOf('tributary_messages_retried_total', 'tributary_consumer_lag')).toEqual([3, 7]);
  expect(await metricsRegistry.metrics()).toContain('tributary_messages_retried_total{group="g",code="erp.busy"} 3');
});

it.each([
  ['partition_holds_total', 'tributary_partition_pauses_total', 'tributary_partition_holds_total'],
  ['partition_pauses_total', 'tributary_partition_pauses_total', 'tributary_partition_holds_total'],
])('counts %s under its current name and its former one', async (name, current, former) => {
  messagingMetrics.count(name, { group: 'g', code: 'c' });
  expect(await valuesOf(current, former)).toEqual([1, 1]);
});

it.each(['sequences_stuck', 'sequences_blocked'])('sets %s under its current name and its former one', async (name) => {
  messagingMetrics.set(name, { group: 'g' }, 4);
  expect(await valuesOf('tributary_sequences_blocked', 'tributary_sequences_stuck')).toEqual([4, 4]);
});

it('keeps the unprefixed names of a service that published them', async () => {
  const metrics = createMessagingMetrics({ unprefixedAliases: true });
  metrics.count('messages_handled_total', { group: 'g', type: 't' });
  metrics.count('partition_holds_total', { group: 'g', code: 'c' });
  metrics.set('sequences_stuck', { group: 'g' }, 2);
  expect(await valuesOf('messages_handled_total', 'partition_holds_total', 'sequences_stuck')).toEqual([1, 1, 2]);
  expect(await valuesOf('tributary_messages_handled_total', 'tributary_partition_holds_total')).toEqual([1, 1]);
});

it('says in the help text of an alias which name is current', async () => {
  messagingMetrics.set('sequences_stuck', { group: 'g' }, 1);
  expect(await metricsRegistry.metrics()).toContain(
    '# HELP tributary_sequences_stuck Former name of tributary_sequences_blocked, with the same value',
  );
});
