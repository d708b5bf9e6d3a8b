import type { Admin } from 'kafkajs';
import { textOf } from './client-errors.js';
import type { KafkaConnection } from './kafka-client.js';
import { withAdmin } from './topic-admin.js';

/** Consumer group operations for repair commands. Services never need them. */
export const GroupAdmin = {
  /** Number of members in the group now: 0 for an empty or unknown group. */
  async members(connection: KafkaConnection, groupId: string): Promise<number> {
    return withAdmin(connection, async (admin) => {
      const { groups } = await admin.describeGroups([groupId]);
      return groups[0]?.members.length ?? 0;
    });
  },

  /** Lets a group without members begin at the first kept record of every topic it has read. @throws when it has members. */
  async rewind(connection: KafkaConnection, groupId: string): Promise<void> {
    await withAdmin(connection, async (admin) => {
      const { groups } = await admin.listGroups();
      if (groups.some((group) => group.groupId === groupId)) await admin.deleteGroups([groupId]);
    });
  },

  /** Lag: records between the committed offsets and the end of these topics. A partition without a committed offset counts from its start. */
  async lag(connection: KafkaConnection, groupId: string, topics: readonly string[]): Promise<bigint> {
    const positions = await withAdmin(connection, (admin) => positionsOf(admin, groupId, topics));
    return positions.reduce((sum, { lag }) => sum + lag, 0n);
  },

  /**
   * Where groups stand in their topics, with one connection: members, lag and newest offset of each topic that exists and may be seen. A
   * group that may not be asked has the error instead.
   */
  async positions(
    connection: KafkaConnection,
    groups: readonly { readonly name: string; readonly topics: readonly string[] }[],
  ): Promise<GroupPosition[]> {
    return withAdmin(connection, async (admin) => {
      const found: GroupPosition[] = [];
      for (const { name, topics } of groups) {
        try {
          const described = await admin.describeGroups([name]);
          found.push({ group: name, members: described.groups[0]?.members.length ?? 0, topics: await positionsOf(admin, name, topics) });
        } catch (error) {
          found.push({ group: name, members: undefined, topics: [], problem: textOf(error) });
        }
      }
      return found;
    });
  },
} as const;

/** How far a group is in one topic. */
export interface TopicPosition {
  readonly topic: string;
  /** Sum over the partitions of the offsets behind their last records. */
  readonly newest: bigint;
  readonly lag: bigint;
}

/** Where one group stands. */
export interface GroupPosition {
  readonly group: string;
  /** Undefined where the brokers did not say. */
  readonly members: number | undefined;
  readonly topics: readonly TopicPosition[];
  readonly problem?: string;
}

async function positionsOf(admin: Admin, groupId: string, topics: readonly string[]): Promise<TopicPosition[]> {
  const existing = new Set(await admin.listTopics());
  const read = topics.filter((topic) => existing.has(topic));
  const committed = new Map<string, bigint>();
  for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: read }))
    for (const { partition, offset } of partitions) committed.set(`${topic}/${partition}`, BigInt(offset));
  const positions: TopicPosition[] = [];
  for (const topic of read) {
    let [newest, lag] = [0n, 0n];
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      const at = committed.get(`${topic}/${partition}`) ?? -1n;
      newest += BigInt(high);
      lag += BigInt(high) - (at < BigInt(low) ? BigInt(low) : at);
    }
    positions.push({ topic, newest, lag });
  }
  return positions;
}
