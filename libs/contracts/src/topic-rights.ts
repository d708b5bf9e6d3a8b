import { consumerGroups, ladderRungs, topicsToMake } from './topic-provision.js';
import type { ConsumerGroup } from './topic-provision.js';
import { topics } from './topics.js';

/** What a client may do with a topic or group, in the words of Kafka's authorizer. Read, Write and Delete include Describe. */
export type TopicOperation = 'Read' | 'Write' | 'Describe' | 'Create' | 'Delete';

/** A right of one client of Kafka. */
export interface TopicRight {
  readonly resource: 'topic' | 'group';
  /** Full name; with `prefixed` the begin of the name. */
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
  readonly operations: readonly TopicOperation[];
}

/** Topics that are made and that no service reads or writes yet: nobody is given rights on them. */
export const unusedTopics: readonly string[] = [topics.erpChanges, topics.assets, topics.checkpoints];
/** Groups of programs that read topics once begin like this (libs/messaging, `readSpans`). */
export const readerGroupPrefix = 'tributary-reader-';

const reconGroup = 'tributary-recon';
const facts = [topics.party, topics.ar, topics.billing, topics.treasury, topics.risk];
const crossReferences = [topics.xrefCustomer, topics.xrefItem, topics.xrefDocument];

const on =
  (resource: TopicRight['resource'], ...operations: TopicOperation[]) =>
  (name: string): TopicRight => ({ resource, name, pattern: 'literal', operations });

const deadLettersOf = ({ name, topics: read }: ConsumerGroup): string[] => read.map((topic) => topics.deadLetters(topic, name));
const replaysOf = ({ name, topics: read, ladder }: ConsumerGroup): string[] =>
  ladder ? read.map((topic) => topics.replay(topic, name)) : [];
const retriesOf = ({ name, topics: read, ladder }: ConsumerGroup): string[] =>
  ladder ? read.flatMap((topic) => Object.keys(ladderRungs).map((rung) => topics.retry(topic, name, rung))) : [];

/** What every consumer of a group needs: its topics, its delay and replay topics, and a place for what it cannot handle. */
function consumerRights(group: ConsumerGroup): TopicRight[] {
  return [
    on('group', 'Read')(group.name),
    ...[...group.topics, ...replaysOf(group)].map(on('topic', 'Read')),
    ...retriesOf(group).map(on('topic', 'Read', 'Write')),
    ...deadLettersOf(group).map(on('topic', 'Write')),
  ];
}

/**
 * Rights of every client of Kafka, by its name: the services (erp-sink once for each target, as `erp-sink-<target>`), the commands that rebuild,
 * the scaler, and the set-up, which alone makes topics and writes the reference tables. A right that is not here is not needed.
 * Idempotent producers need nothing but Write, with brokers of version 2.8 and later (KIP-679).
 */
export function topicRights(options: { readonly targets: readonly string[] }): ReadonlyMap<string, readonly TopicRight[]> {
  const groups = consumerGroups(options);
  const named = (name: string): ConsumerGroup[] => groups.filter((group) => group.name === name);
  const transform = [...named('tributary-translate'), ...named('tributary-route')];
  const sinks = options.targets.map((target) => ({ target, group: named(`tributary-sink-${target}`) }));
  const recon = [
    ...named(reconGroup).flatMap(consumerRights),
    // The desk shows dead letters of everybody, and gives them back.
    ...groups.flatMap(deadLettersOf).map(on('topic', 'Read')),
  ];
  const rights: [string, TopicRight[]][] = [
    ['ingest', [on('topic', 'Write')(topics.stripeEvents)]],
    [
      'transform',
      [
        ...transform.flatMap(consumerRights),
        ...[...facts, topics.pipeline, ...options.targets.map((target) => topics.postings(target))].map(on('topic', 'Write')),
      ],
    ],
    ...sinks.map(({ target, group }): [string, TopicRight[]] => [
      `erp-sink-${target}`,
      [
        ...group.flatMap(consumerRights),
        // A held posting whose end was found out is given back by the sink itself.
        ...group.flatMap(replaysOf).map(on('topic', 'Write')),
        ...[topics.erp, topics.pipeline, ...crossReferences].map(on('topic', 'Write')),
      ],
    ]),
    [
      'recon',
      [
        ...recon,
        ...[topics.ops, topics.pipeline, ...groups.flatMap(replaysOf)].map(on('topic', 'Write')),
        // The console shows how far each group is; what the messages say, recon may read of its own topics only.
        ...scalerRights(groups),
      ],
    ],
    ['recon-rebuild', [...recon, on('group', 'Delete')(reconGroup)]],
    ['erp-sink-rebuild', rebuildRights(sinks.flatMap(({ group }) => group))],
    ['scaler', scalerRights([...named('tributary-translate'), ...sinks.flatMap(({ group }) => group)])],
    [
      'set-up',
      [...topicsToMake(options).map(({ name }) => on('topic', 'Create', 'Describe')(name)), on('topic', 'Write')(topics.currencies)],
    ],
  ];
  return new Map(rights.map(([client, given]) => [client, merged(given)]));
}

function rebuildRights(sinks: readonly ConsumerGroup[]): TopicRight[] {
  return [
    { resource: 'group', name: readerGroupPrefix, pattern: 'prefixed', operations: ['Read', 'Delete'] },
    ...sinks.map(({ name }) => on('group', 'Describe')(name)),
    ...[...sinks.flatMap((group) => [...group.topics, ...deadLettersOf(group)]), topics.erp].map(on('topic', 'Read')),
    ...crossReferences.map(on('topic', 'Read', 'Write')),
  ];
}

/** The lag of groups: where they are, and where their topics end. */
function scalerRights(groups: readonly ConsumerGroup[]): TopicRight[] {
  return groups.flatMap(({ name, topics: read }) => [on('group', 'Describe')(name), ...read.map(on('topic', 'Describe'))]);
}

/** One right for each topic and group, with everything that is allowed on it. */
function merged(rights: readonly TopicRight[]): TopicRight[] {
  const byName = new Map<string, TopicRight>();
  for (const right of rights) {
    const key = `${right.resource} ${right.pattern} ${right.name}`;
    const operations = [...new Set([...(byName.get(key)?.operations ?? []), ...right.operations])].sort();
    byName.set(key, { ...right, operations });
  }
  return [...byName.values()].sort((a, b) => compare(`${a.resource} ${a.name}`, `${b.resource} ${b.name}`));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
