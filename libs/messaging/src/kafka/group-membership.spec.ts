import './kafka-client.js'; // mends the client
import { ConsumerGroup } from './group-membership.js';
import type { ConsumerGroupOfClient } from './group-membership.js';

class RefusedError extends Error {
  constructor(
    override readonly name: string,
    readonly type?: string,
  ) {
    super(type ?? name);
  }
}

/** A member as the client has it, above what it sends. */
function aMember(coordinator: object, found: object = coordinator) {
  const asked: string[] = [];
  const group = Object.assign(Object.create(ConsumerGroup.prototype) as ConsumerGroupOfClient, {
    groupId: 'group',
    coordinator,
    offsetManager: { coordinator: coordinator as unknown },
    cluster: {
      findGroupCoordinator: async ({ groupId }: { groupId: string }) => {
        asked.push(groupId);
        return found;
      },
    },
  });
  // The client's own puts this behind a symbol; a heartbeat goes to whoever is the coordinator.
  const [sharedHeartbeat] = Object.getOwnPropertySymbols(new (ConsumerGroup as unknown as new (options: object) => object)(options()));
  Object.assign(group, {
    [sharedHeartbeat as symbol]: () => (group.coordinator as { heartbeat(): Promise<void> }).heartbeat(),
  });
  return { group, asked };
}
function options(): object {
  return { logger: { namespace: () => ({}) }, retry: {}, topics: [], topicConfigurations: {} };
}
function answering(error?: Error) {
  let beats = 0;
  return {
    get beats() {
      return beats;
    },
    heartbeat: async () => {
      beats += 1;
      if (error) throw error;
    },
  };
}

it('joins once when several fetchers meet a moved leader, and again when it is asked later', async () => {
  const { group } = aMember(answering());
  let joins = 0;
  let joined: () => void = () => undefined;
  Object.assign(group, {
    retrier: () => {
      joins += 1;
      return new Promise<void>((resolve) => (joined = resolve));
    },
  });
  const all = [group.joinAndSync(), group.joinAndSync(), group.joinAndSync()];
  joined();
  await Promise.all(all);
  expect(joins).toBe(1);
  const later = group.joinAndSync();
  joined();
  await later;
  expect(joins).toBe(2);
});

it.each([
  ['it is not the coordinator any more', new RefusedError('KafkaJSProtocolError', 'NOT_COORDINATOR_FOR_GROUP')],
  ['it is gone', new RefusedError('KafkaJSConnectionError')],
  ['it is frozen', new RefusedError('KafkaJSRequestTimeoutError')],
  ['it closed the connection', new RefusedError('KafkaJSConnectionClosedError')],
])('sends its heartbeat to the new coordinator when the old one says, or shows, that %s', async (_what, error) => {
  const next = answering();
  const { group, asked } = aMember(answering(error), next);
  await Promise.all([group.heartbeat({ interval: 0 }), group.heartbeat({ interval: 0 })]);
  expect(asked).toEqual(['group']);
  expect(next.beats).toBe(2);
  expect(group.offsetManager?.coordinator).toBe(next); // where offsets are committed
});

it.each([
  ['the group is rebalancing', new RefusedError('KafkaJSProtocolError', 'REBALANCE_IN_PROGRESS')],
  ['it is no member', new RefusedError('KafkaJSProtocolError', 'UNKNOWN_MEMBER_ID')],
])('looks for no other coordinator when this one says: %s', async (_what, error) => {
  const { group, asked } = aMember(answering(error));
  await expect(group.heartbeat({ interval: 0 })).rejects.toBe(error);
  expect(asked).toEqual([]);
});

/** What a member tells when it joins and leaves, on the connection of a consumer. */
function joining(cluster: object, leave: () => Promise<void>) {
  const joinedAs: (string | null)[] = [];
  const group = Object.assign(Object.create(ConsumerGroup.prototype) as ConsumerGroupOfClient, {
    groupId: 'group',
    memberId: null as string | null,
    cluster,
    coordinator: { leaveGroup: leave },
    retrier: async () => void joinedAs.push(group.memberId),
  });
  return { group, joinedAs };
}

it('comes back as the member that could not leave, once, and never as that of another consumer', async () => {
  const cluster = {};
  const { group: crashed } = joining(cluster, async () => Promise.reject(new RefusedError('KafkaJSConnectionError')));
  crashed.memberId = 'member-1';
  await expect(crashed.leave()).rejects.toThrow('KafkaJSConnectionError');

  const other = joining({}, async () => undefined);
  await other.group.joinAndSync();
  expect(other.joinedAs).toEqual([null]);
  const successor = joining(cluster, async () => undefined);
  await successor.group.joinAndSync();
  expect(successor.joinedAs).toEqual(['member-1']);
  const later = joining(cluster, async () => undefined);
  await later.group.joinAndSync();
  expect(later.joinedAs).toEqual([null]);
});

it('joins as a new member after it has left', async () => {
  const cluster = {};
  const { group } = joining(cluster, async () => undefined);
  group.memberId = 'member-1';
  await group.leave();
  const successor = joining(cluster, async () => undefined);
  await successor.group.joinAndSync();
  expect(successor.joinedAs).toEqual([null]);
});

it('waits while the coordinator loads the group, and for nothing else', async () => {
  const answers = [
    new RefusedError('KafkaJSProtocolError', 'GROUP_LOAD_IN_PROGRESS'),
    new RefusedError('KafkaJSProtocolError', 'GROUP_LOAD_IN_PROGRESS'),
    undefined,
    new RefusedError('KafkaJSProtocolError', 'GROUP_AUTHORIZATION_FAILED'),
  ];
  const { group } = joining({}, async () => undefined);
  const retrier = async (): Promise<void> => {
    const error = answers.shift();
    if (error) throw error;
  };
  Object.assign(group, { retrier });
  await group.joinAndSync();
  expect(answers).toHaveLength(1);
  await expect(group.joinAndSync()).rejects.toThrow('GROUP_AUTHORIZATION_FAILED');
});
