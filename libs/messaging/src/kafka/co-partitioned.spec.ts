import kafkajs from 'kafkajs';
import { coPartitioned, noOwnedPartitions, ownersOf } from './co-partitioned.js';
import type { OwnedPartitions } from './co-partitioned.js';

const { MemberAssignment, MemberMetadata } = kafkajs.AssignerProtocol;
const has = (memberId: string, owned: number[], busy: number[] = []): [string, OwnedPartitions] => [memberId, { memberId, owned, busy }];
const byMember = (owners: Map<number, string>): Record<string, number[]> => {
  const all: Record<string, number[]> = {};
  for (const [partition, id] of [...owners].sort(([a], [b]) => a - b)) (all[id] ??= []).push(partition);
  return all;
};

describe('who gets which partition', () => {
  it('is balanced among members that have nothing', () => {
    const owners = ownersOf(
      [0, 1, 2, 3, 4],
      new Map([
        ['a', noOwnedPartitions],
        ['b', noOwnedPartitions],
      ]),
    );
    expect(byMember(owners)).toEqual({ a: [0, 1, 3], b: [2, 4] });
  });

  it('leaves work that is not finished where it is, when another member joins', () => {
    const owners = ownersOf([0, 1, 2, 3], new Map([has('first', [0, 1, 2, 3], [2, 3]), ['second', noOwnedPartitions]]));
    expect(byMember(owners)).toEqual({ first: [2, 3], second: [0, 1] });
  });

  it('keeps the share fair, even if one works on everything', () => {
    const owners = ownersOf([0, 1, 2, 3], new Map([has('first', [0, 1, 2, 3], [0, 1, 2, 3]), ['second', noOwnedPartitions]]));
    expect(byMember(owners)).toEqual({ first: [0, 1], second: [2, 3] });
  });

  it('gives the larger share to who works on more', () => {
    const owners = ownersOf([0, 1, 2], new Map([has('a', [0]), has('b', [1, 2], [1, 2])]));
    expect(byMember(owners)).toEqual({ a: [0], b: [1, 2] });
  });

  it('moves nothing when nothing changed', () => {
    const held = new Map([has('a', [1, 3]), has('b', [0, 2])]);
    expect(byMember(ownersOf([0, 1, 2, 3], held))).toEqual({ a: [1, 3], b: [0, 2] });
  });

  it('gives everything to somebody, also what two claim or nobody has any more', () => {
    const owners = ownersOf([0, 1, 2, 3], new Map([has('a', [0, 9], [0]), has('b', [0, 1], [0])]));
    expect(byMember(owners)).toEqual({ a: [0, 2], b: [1, 3] });
  });
});

describe('the assigner', () => {
  const cluster = {
    findTopicPartitionMetadata: (topic: string) => [0, 1, 2, 3].slice(0, topic === 'small' ? 2 : 4).map((partitionId) => ({ partitionId })),
  };
  const assigner = (ownedPartitions: OwnedPartitions) =>
    coPartitioned(() => ownedPartitions)({ cluster, groupId: 'g', logger: undefined } as unknown as Parameters<
      ReturnType<typeof coPartitioned>
    >[0]);
  const assign = async (members: { memberId: string; memberMetadata: Buffer }[]): Promise<Record<string, unknown>> => {
    const given = await assigner(noOwnedPartitions).assign({ members, topics: ['t', 'small'] });
    return Object.fromEntries(given.map((each) => [each.memberId, MemberAssignment.decode(each.memberAssignment)?.assignment]));
  };
  const joins = (memberId: string, ownedPartitions: OwnedPartitions): { memberId: string; memberMetadata: Buffer } => ({
    memberId,
    memberMetadata: assigner(ownedPartitions).protocol({ topics: ['t', 'small'] }).metadata,
  });

  it('gives a number of every topic to the same member, and what a member works on to that member', async () => {
    const members = [joins('b', noOwnedPartitions), joins('a', { memberId: 'a', owned: [0, 1, 2, 3], busy: [1, 3] })];
    expect(await assign(members)).toEqual({ a: { t: [1, 3], small: [1] }, b: { t: [0, 2], small: [0] } });
  });

  it('does not believe who was expelled and comes back under another name', async () => {
    const members = [
      joins('a', { memberId: 'a', owned: [0, 1], busy: [0, 1] }),
      joins('c', { memberId: 'old', owned: [0, 1], busy: [0, 1] }),
    ];
    expect(await assign(members)).toEqual({ a: { t: [0, 1], small: [0, 1] }, c: { t: [2, 3] } });
  });

  it('takes a member whose words it does not understand for a new one', async () => {
    const strange = { memberId: 's', memberMetadata: MemberMetadata.encode({ version: 7, topics: ['t'], userData: Buffer.from('{') }) };
    expect(await assign([joins('a', noOwnedPartitions), strange])).toEqual({ a: { t: [0, 2], small: [0] }, s: { t: [1, 3], small: [1] } });
  });
});
