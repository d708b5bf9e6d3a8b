import kafkajs from 'kafkajs';
import type { PartitionAssigner } from 'kafkajs';

const name = 'TributaryCoPartitioned';
const version = 1;

/** The partitions of a member, reported when it joins again. */
export interface OwnedPartitions {
  /** The member's id when it got them. A member that was expelled has a new id and owns nothing. */
  readonly memberId: string | undefined;
  /** Partition numbers that it consumes. */
  readonly owned: readonly number[];
  /** Those of them with unfinished work, which would run twice if another member got the partition. */
  readonly busy: readonly number[];
}

/** The state of a member that owns nothing. */
export const noOwnedPartitions: OwnedPartitions = { memberId: undefined, owned: [], busy: [] };

/**
 * Assigns partition p of every topic to the same member, so that a sequence and its retry records have one owner. Balanced by partition
 * number; members beyond the number of partitions stand by. Within its share a member keeps its partitions, those with unfinished work
 * first: the client has no hook before it joins again, and an idle fetch may be what notices the rebalance (docs/reference/kafkajs.md, 3.3).
 * @param ownedPartitions called each time the member joins.
 */
export function coPartitioned(ownedPartitions: () => OwnedPartitions): PartitionAssigner {
  return ({ cluster }) => ({
    name,
    version,
    async assign({ members, topics }) {
      const partitions = new Map(topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map((each) => each.partitionId)]));
      const held = new Map(members.map(({ memberId, memberMetadata }) => [memberId, ownedPartitionsOf(memberId, memberMetadata)]));
      const owners = ownersOf([...new Set([...partitions.values()].flat())], held);
      return [...held.keys()].map((memberId) => {
        const assignment: Record<string, number[]> = {};
        for (const [topic, ids] of partitions) {
          const mine = ids.filter((id) => owners.get(id) === memberId);
          if (mine.length > 0) assignment[topic] = mine;
        }
        return {
          memberId,
          memberAssignment: kafkajs.AssignerProtocol.MemberAssignment.encode({ version, assignment, userData: Buffer.alloc(0) }),
        };
      });
    },
    protocol({ topics }) {
      const userData = Buffer.from(JSON.stringify(ownedPartitions()));
      return { name, metadata: kafkajs.AssignerProtocol.MemberMetadata.encode({ version, topics, userData }) };
    },
  });
}

/**
 * Assigns partition numbers to members.
 * @param partitions numbers, each once.
 * @param held by member id: the partitions of each.
 * @returns the member of each number. Shares differ by at most one; the result depends on the input only.
 */
export function ownersOf(partitions: readonly number[], held: ReadonlyMap<string, OwnedPartitions>): Map<number, string> {
  const open = new Set([...partitions].sort((a, b) => a - b));
  const owners = new Map<number, string>();
  // When shares are uneven, give the extra partition to the member with the most unfinished work.
  const ids = [...held.keys()].sort((a, b) => (held.get(b)?.busy.length ?? 0) - (held.get(a)?.busy.length ?? 0) || (a < b ? -1 : 1));
  const share = Math.floor(open.size / ids.length);
  const larger = open.size % ids.length;
  const room = new Map(ids.map((id, n) => [id, share + (n < larger ? 1 : 0)]));
  const give = (id: string, partition: number): void => {
    const left = room.get(id) ?? 0;
    if (left === 0 || !open.delete(partition)) return;
    room.set(id, left - 1);
    owners.set(partition, id);
  };
  for (const kind of ['busy', 'owned'] as const)
    for (const id of ids) for (const partition of [...(held.get(id)?.[kind] ?? [])].sort((a, b) => a - b)) give(id, partition);
  for (const partition of [...open]) {
    const id = ids.filter((each) => (room.get(each) ?? 0) > 0).sort((a, b) => (room.get(b) ?? 0) - (room.get(a) ?? 0))[0];
    if (id !== undefined) give(id, partition);
  }
  return owners;
}

/** Metadata that cannot be read (another version's) counts as no partitions: that member gets its share like a new one. */
function ownedPartitionsOf(memberId: string, metadata: Buffer): OwnedPartitions {
  try {
    const decoded = kafkajs.AssignerProtocol.MemberMetadata.decode(metadata);
    const reported = JSON.parse(String(decoded?.userData)) as Partial<OwnedPartitions>;
    if (reported.memberId !== memberId) return noOwnedPartitions;
    const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.filter((each) => Number.isInteger(each)) : []);
    return { memberId, owned: numbers(reported.owned), busy: numbers(reported.busy) };
  } catch {
    return noOwnedPartitions;
  }
}
