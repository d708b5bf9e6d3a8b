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
    return withAdmin(connection, async (admin) => {
      const existing = new Set(await admin.listTopics());
      const read = topics.filter((topic) => existing.has(topic));
      const committed = new Map<string, bigint>();
      for (const { topic, partitions } of await admin.fetchOffsets({ groupId, topics: read }))
        for (const { partition, offset } of partitions) committed.set(`${topic}/${partition}`, BigInt(offset));
      let lag = 0n;
      for (const topic of read)
        for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
          const at = committed.get(`${topic}/${partition}`) ?? -1n;
          const from = at < BigInt(low) ? BigInt(low) : at;
          lag += BigInt(high) - from;
        }
      return lag;
    });
  },
} as const;
