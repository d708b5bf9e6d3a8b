import kafkajs from 'kafkajs';
import type { PartitionAssigner } from 'kafkajs';

const name = 'TributaryCoPartitioned';
const version = 1;

/** What a member brings along when it joins anew. */
export interface Holdings {
  /** Its id when it got them: who was expelled has another one now, and holds nothing any more. */
  readonly memberId: string | undefined;
  /** Partition numbers it works on. */
  readonly owned: readonly number[];
  /** Those of them with work that is not finished: given to another member, it would run there beside. */
  readonly busy: readonly number[];
}

export const noHoldings: Holdings = { memberId: undefined, owned: [], busy: [] };

/**
 * Gives partition p of every topic to the same member: whoever works on a partition also gets what comes back to it from delay topics,
 * so a sequence has one owner. Balanced by partition number, members beyond the number of partitions stand by; within its share a member
 * keeps what it has, first what it is working on: the client has no hook before it joins anew, and an idle fetch may be what learns of the
 * rebalance (docs/reference/kafkajs.md, 3.3).
 * @param holdings asked each time the member joins.
 */
export function coPartitioned(holdings: () => Holdings): PartitionAssigner {
  return ({ cluster }) => ({
    name,
    version,
    async assign({ members, topics }) {
      const partitions = new Map(topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map((each) => each.partitionId)]));
      const held = new Map(members.map(({ memberId, memberMetadata }) => [memberId, holdingsOf(memberId, memberMetadata)]));
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
      const userData = Buffer.from(JSON.stringify(holdings()));
      return { name, metadata: kafkajs.AssignerProtocol.MemberMetadata.encode({ version, topics, userData }) };
    },
  });
}

/**
 * Who gets which partition number.
 * @param partitions numbers, each once.
 * @param held by member id: what each has.
 * @returns each number's member: shares differ by one at most, and the same input has the same answer whoever asks.
 */
export function ownersOf(partitions: readonly number[], held: ReadonlyMap<string, Holdings>): Map<number, string> {
  const open = new Set([...partitions].sort((a, b) => a - b));
  const owners = new Map<number, string>();
  // Who works on most may be one of those whose share is one larger.
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

/** What can't be read (another version's) counts as nothing: that member is given its share like a new one. */
function holdingsOf(memberId: string, metadata: Buffer): Holdings {
  try {
    const decoded = kafkajs.AssignerProtocol.MemberMetadata.decode(metadata);
    const told = JSON.parse(String(decoded?.userData)) as Partial<Holdings>;
    if (told.memberId !== memberId) return noHoldings;
    const numbers = (value: unknown): number[] => (Array.isArray(value) ? value.filter((each) => Number.isInteger(each)) : []);
    return { memberId, owned: numbers(told.owned), busy: numbers(told.busy) };
  } catch {
    return noHoldings;
  }
}
