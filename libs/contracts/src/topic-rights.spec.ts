import { consumerGroups, topicsToMake } from './topic-provision.js';
import { topicRights, unusedTopics } from './topic-rights.js';
import type { TopicOperation } from './topic-rights.js';

const options = { targets: ['main', 'other'] };
const rights = topicRights(options);
const may = (client: string, operation: TopicOperation, name: string): boolean =>
  (rights.get(client) ?? []).some((right) => right.name === name && right.operations.includes(operation));
const whoMay = (operation: TopicOperation, name: string): string[] => [...rights.keys()].filter((client) => may(client, operation, name));

// Written by hand, from what the services publish and subscribe to (docs/architecture.md).
it.each([
  ['stripe.events.v1', ['ingest'], ['transform', 'recon', 'recon-rebuild']],
  ['ar.v1', ['transform'], ['transform', 'recon', 'recon-rebuild']],
  ['party.v1', ['transform'], ['transform']],
  ['postings.main.v1', ['transform'], ['erp-sink-main', 'recon', 'recon-rebuild', 'erp-sink-rebuild']],
  ['pipeline.v1', ['transform', 'erp-sink-main', 'erp-sink-other', 'recon'], ['recon', 'recon-rebuild']],
  ['erp.v1', ['erp-sink-main', 'erp-sink-other'], ['transform', 'recon', 'recon-rebuild', 'erp-sink-rebuild']],
  ['xref.customer.v1', ['erp-sink-main', 'erp-sink-other', 'erp-sink-rebuild'], ['erp-sink-rebuild']],
  ['ops.v1', ['recon'], []],
  ['reference.currencies.v1', ['set-up'], []],
  ['ar.v1.tributary-route.retry.10m', ['transform'], ['transform']],
  ['ar.v1.tributary-route.replay', ['recon'], ['transform']],
  ['ar.v1.tributary-route.dlq', ['transform'], ['recon', 'recon-rebuild']],
  ['postings.main.v1.tributary-sink-main.retry.5s', ['erp-sink-main'], ['erp-sink-main']],
  ['postings.main.v1.tributary-sink-main.replay', ['erp-sink-main', 'recon'], ['erp-sink-main']],
  ['postings.main.v1.tributary-sink-main.dlq', ['erp-sink-main'], ['recon', 'recon-rebuild', 'erp-sink-rebuild']],
  ['ar.v1.tributary-recon.dlq', ['recon', 'recon-rebuild'], ['recon', 'recon-rebuild']],
])('%s is written by %j and read by %j', (topic, writers, readers) => {
  expect([whoMay('Write', topic), whoMay('Read', topic)]).toEqual([writers, readers]);
});

it('has a writer for every topic that is made, but for those that nobody uses', () => {
  const unwritten = topicsToMake(options).filter(({ name }) => whoMay('Write', name).length === 0);
  expect(unwritten.map(({ name }) => name).sort()).toEqual([...unusedTopics].sort());
  for (const name of unusedTopics) expect(whoMay('Read', name)).toEqual([]);
});

it('has a reader for every topic of every group, and lets nobody else join the group', () => {
  const clients = { 'tributary-translate': ['transform'], 'tributary-route': ['transform'], 'tributary-recon': ['recon', 'recon-rebuild'] };
  const sinks = { 'tributary-sink-main': ['erp-sink-main'], 'tributary-sink-other': ['erp-sink-other'] };
  const joining = consumerGroups(options).map(({ name }) => [name, whoMay('Read', name)]);
  expect(Object.fromEntries(joining)).toEqual({ ...clients, ...sinks });
  for (const { name, topics } of consumerGroups(options))
    for (const topic of topics) expect(whoMay('Read', topic)).toEqual(expect.arrayContaining(whoMay('Read', name)));
});

it('gives rights on nothing that is not made, and lets the set-up alone make topics', () => {
  const made = new Set(topicsToMake(options).map(({ name }) => name));
  const given = [...rights].flatMap(([client, list]) => list.map((right) => ({ client, ...right })));
  expect(given.filter(({ resource, name }) => resource === 'topic' && !made.has(name))).toEqual([]);
  expect(new Set(given.filter(({ operations }) => operations.includes('Create')).map(({ client }) => client))).toEqual(new Set(['set-up']));
  for (const name of made) expect(may('set-up', 'Create', name) && may('set-up', 'Describe', name)).toBe(true);
});

it('gives a prefix to the groups of one-time readers only', () => {
  const prefixed = [...rights].flatMap(([client, list]) =>
    list.filter(({ pattern }) => pattern === 'prefixed').map(({ name }) => [client, name]),
  );
  expect(prefixed).toEqual([['erp-sink-rebuild', 'tributary-reader-']]);
});
