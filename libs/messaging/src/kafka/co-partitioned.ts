import kafkajs from 'kafkajs';
import type { PartitionAssigner } from 'kafkajs';

const name = 'TributaryCoPartitioned';
const version = 1;

/**
 * Gives partition p of every topic to the same member: whoever works on a partition also gets what comes back to it from delay topics,
 * so a sequence has one owner. Balanced by partition number; members beyond the number of partitions stand by.
 */
export const coPartitioned: PartitionAssigner = ({ cluster }) => ({
  name,
  version,
  async assign({ members, topics }) {
    const ids = members.map(({ memberId }) => memberId).sort();
    const assignments = new Map(ids.map((id) => [id, {} as Record<string, number[]>]));
    for (const topic of topics) {
      for (const { partitionId } of cluster.findTopicPartitionMetadata(topic)) {
        const id = ids[partitionId % ids.length] as string;
        const assignment = assignments.get(id) as Record<string, number[]>;
        (assignment[topic] ??= []).push(partitionId);
      }
    }
    return ids.map((memberId) => ({
      memberId,
      memberAssignment: kafkajs.AssignerProtocol.MemberAssignment.encode({
        version,
        assignment: assignments.get(memberId) ?? {},
        userData: Buffer.alloc(0),
      }),
    }));
  },
  protocol({ topics }) {
    return {
      name,
      metadata: kafkajs.AssignerProtocol.MemberMetadata.encode({ version, topics, userData: Buffer.alloc(0) }),
    };
  },
});
