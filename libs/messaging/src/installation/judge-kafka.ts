import type { ConsumerGroup, TopicToMake } from '@tributary/contracts';
import { found } from '@tributary/platform';
import type { InstallationFinding } from '@tributary/platform';

/** A topic as the brokers have it. */
export interface TopicFacts {
  readonly partitions: number;
  readonly replicas: number;
  /** Undefined where it may not be read. */
  readonly config: Readonly<Record<string, string>> | undefined;
}

/** A group as the brokers have it. */
export interface GroupFacts {
  readonly members: number;
  readonly lag: bigint;
  /** Why it could not be looked at. */
  readonly problem?: string;
}

/** As the alert TributaryLag. */
const mostLag = 10_000n;

/** Topics beside the catalogue. @param brokers how many there are. */
export function judgeTopics(
  wanted: readonly TopicToMake[],
  actual: ReadonlyMap<string, TopicFacts>,
  brokers: number,
): InstallationFinding[] {
  const findings = wanted.flatMap(({ name, partitions, config }) => {
    const topic = actual.get(name);
    if (!topic) return [found('topic.missing', name, 'The topic is not there.')];
    const differing = Object.entries(config).filter(([key, value]) => (topic.config?.[key] ?? value) !== value);
    return [
      ...(topic.partitions === partitions
        ? []
        : [found('topic.partitions-differ', name, `It has ${topic.partitions} partitions; the catalogue says ${partitions}.`)]),
      ...differing.map(([key, value]) =>
        found('topic.config-differs', name, `${key} is ${topic.config?.[key] ?? ''}; the catalogue says ${value}.`),
      ),
      ...(topic.replicas < Math.min(3, brokers)
        ? [found('topic.few-replicas', name, `It has ${topic.replicas} replicas on ${brokers} brokers.`)]
        : []),
    ];
  });
  const unseen = wanted.filter(({ name }) => actual.has(name) && actual.get(name)?.config === undefined);
  if (unseen.length > 0)
    findings.push(
      found('topic.config-unseen', 'topics', `Retention and compaction of ${unseen.length} topics may not be read by this user.`),
    );
  return findings.length > 0 ? findings : [found('installation.passed', 'topics', `All ${wanted.length} are as the catalogue says.`)];
}

/** Groups and how far they are behind. */
export function judgeGroups(groups: readonly ConsumerGroup[], actual: ReadonlyMap<string, GroupFacts>): InstallationFinding[] {
  const findings = groups.flatMap(({ name }) => {
    const { members = 0, lag = 0n, problem } = actual.get(name) ?? {};
    if (problem !== undefined) return [found('brokers.right-missing', name, `The group may not be looked at: ${problem}.`)];
    return [
      ...(members > 0 ? [] : [found('group.idle', name, `Nobody is in the group; ${lag} messages wait.`)]),
      ...(members > 0 && lag > mostLag ? [found('group.behind', name, `It is ${lag} messages behind.`)] : []),
    ];
  });
  return findings.length > 0 ? findings : [found('installation.passed', 'groups', `All ${groups.length} have members and are not behind.`)];
}
