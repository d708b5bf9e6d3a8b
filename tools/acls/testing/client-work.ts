import { consumerGroups, readerGroupPrefix, topics, topicsToMake } from '@tributary/contracts';
import type { ConsumerGroup } from '@tributary/contracts';
import { GroupAdmin, readSpans, spansOf, TopicAdmin } from '@tributary/messaging';
import type { KafkaConnection } from '@tributary/messaging';
import { failEverything, writeTo } from './group-work.js';

/** What the clients of Kafka do all day, by hand from services/ and tools/: with the publisher, transport and admin client of the services. */
export type Work = (connection: KafkaConnection) => Promise<void>;

const facts = [topics.party, topics.ar, topics.billing, topics.treasury, topics.risk];
const crossReferences = [topics.xrefCustomer, topics.xrefItem, topics.xrefDocument];

/**
 * The work of every client by its name, in an order in which each finds what it reads: every topic of a group holds a message before its group is
 * joined.
 * @param administrator writes those messages and looks for dead letters.
 */
export function workOfClients(targets: readonly string[], administrator: KafkaConnection): ReadonlyMap<string, Work> {
  const groups = consumerGroups({ targets });
  const named = (name: string): ConsumerGroup => groups.find((group) => group.name === name) as ConsumerGroup;
  const sinkOf = (target: string): ConsumerGroup => named(`tributary-sink-${target}`);
  const lettersOf = (some: readonly ConsumerGroup[]): string[] =>
    some.flatMap(({ name, topics: read }) => read.map((topic) => topics.deadLetters(topic, name)));
  const replays = groups
    .filter(({ ladder }) => ladder)
    .flatMap(({ name, topics: read }) => read.map((topic) => topics.replay(topic, name)));
  const consume = async (connection: KafkaConnection, group: ConsumerGroup, alsoRead: readonly string[] = []): Promise<void> => {
    await writeTo(administrator, group.topics);
    await failEverything(connection, group, administrator, alsoRead);
  };
  const readAsRecon: Work = (connection) => consume(connection, named('tributary-recon'), lettersOf(groups));
  return new Map<string, Work>([
    [
      'set-up',
      async (connection) => {
        await TopicAdmin.ensureTopics(connection, topicsToMake({ targets }));
        await writeTo(connection, [topics.currencies]);
      },
    ],
    ['ingest', (connection) => writeTo(connection, [topics.stripeEvents])],
    [
      'transform',
      async (connection) => {
        await consume(connection, named('tributary-translate'));
        await consume(connection, named('tributary-route'));
        await writeTo(connection, [...facts, topics.pipeline, ...targets.map((target) => topics.postings(target))]);
      },
    ],
    ...targets.map((target): [string, Work] => [
      `erp-sink-${target}`,
      async (connection) => {
        await consume(connection, sinkOf(target));
        await writeTo(connection, [
          topics.erp,
          topics.pipeline,
          ...crossReferences,
          topics.replay(topics.postings(target), sinkOf(target).name),
        ]);
      },
    ]),
    [
      'recon',
      async (connection) => {
        await readAsRecon(connection);
        await writeTo(connection, [topics.ops, topics.pipeline, ...replays]);
        const positions = await GroupAdmin.positions(connection, groups);
        const silent = positions.filter(({ members }) => members === undefined);
        if (silent.length > 0)
          throw new Error(`recon does not see ${silent.map(({ group, problem }) => `${group}: ${problem}`).join(', ')}`);
      },
    ],
    [
      'recon-rebuild',
      async (connection) => {
        await GroupAdmin.members(connection, 'tributary-recon');
        await GroupAdmin.rewind(connection, 'tributary-recon');
        await readAsRecon(connection);
        await GroupAdmin.lag(connection, 'tributary-recon', [...named('tributary-recon').topics, ...lettersOf(groups)]);
      },
    ],
    ['erp-sink-rebuild', (connection) => rebuildSinks(connection, targets.map(sinkOf), lettersOf(targets.map(sinkOf)))],
    [
      'scaler',
      async (connection) => {
        for (const group of [named('tributary-translate'), ...targets.map(sinkOf)])
          await GroupAdmin.lag(connection, group.name, group.topics);
      },
    ],
  ]);
}

async function rebuildSinks(connection: KafkaConnection, sinks: readonly ConsumerGroup[], letters: readonly string[]): Promise<void> {
  for (const { name } of sinks) await GroupAdmin.members(connection, name);
  const names = [...sinks.flatMap((group) => group.topics), ...letters, topics.erp, ...crossReferences];
  const read = new Set<string>();
  await readSpans({ ...connection, spans: await spansOf(connection, names), onBatch: async (topic) => void read.add(topic) });
  if (read.size !== new Set(names).size)
    throw new Error(`a reader of group ${readerGroupPrefix}* read ${[...read].join(', ')} and not ${names.join(', ')}`);
  await writeTo(connection, crossReferences);
}
