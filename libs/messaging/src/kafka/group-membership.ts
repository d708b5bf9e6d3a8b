import { createRequire } from 'node:module';

/** A member of a group inside the client: what is called and changed here. */
export interface ConsumerGroupOfClient {
  readonly groupId: string;
  /** Its id in the group; null before it has joined. */
  memberId: string | null;
  readonly cluster: { findGroupCoordinator(of: { groupId: string }): Promise<unknown> };
  coordinator: unknown;
  offsetManager: { coordinator: unknown } | null;
  joinAndSync(): Promise<void>;
  leave(): Promise<void>;
  heartbeat(options: { interval: number }): Promise<void>;
}

const require = createRequire(import.meta.url);
/** The client's class of a group member, which this file patches. */
export const ConsumerGroup = require('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroupOfClient };
const { joinAndSync: joinOfClient, leave: leaveOfClient, heartbeat: heartbeatOfClient } = ConsumerGroup.prototype;

/**
 * Lets a member join once at a time, and ask for its coordinator again when that has moved. The client has a fetcher for every broker, and
 * each that meets a moved leader joins the group again (docs/reference/kafkajs.md, 3.8): one broker that was stopped made a member join
 * three times at once. A coordinator that has moved or is frozen it asks for ever: it crashed after its retries, could not leave, and
 * its successor waited for the end of its session. The group itself moves with all of its members, so only the address has changed.
 * And a consumer that crashed with its broker, and so could not leave, comes back as the member that it still is: as a new one it waited
 * up to a minute for the end of its own old session.
 */
export function patchGroupMembership(): void {
  const join = shared(joinAgain);
  const find = shared(findCoordinator);
  Object.assign(ConsumerGroup.prototype, {
    joinAndSync(this: ConsumerGroupOfClient): Promise<void> {
      return join(this);
    },
    async leave(this: ConsumerGroupOfClient): Promise<void> {
      const { memberId } = this;
      try {
        await leaveOfClient.call(this);
      } catch (error) {
        if (memberId !== null) stillMembers.set(this.cluster, memberId);
        throw error;
      }
    },
    async heartbeat(this: ConsumerGroupOfClient, options: { interval: number }): Promise<void> {
      try {
        await heartbeatOfClient.call(this, options);
      } catch (error) {
        if (!isElsewhere(error)) throw error;
        await find(this);
        await heartbeatOfClient.call(this, options);
      }
    },
  });
}

/** Members that could not leave, by the connection that a consumer keeps when it restarts: the client forgets them. */
const stillMembers = new WeakMap<object, string>();

/** A coordinator that has just been chosen reads the group first. */
const loadingWaitMs = 250;
const loadingTries = 40;

/**
 * Joins as the member that could not leave. A broker that has expelled it meanwhile says so, and the client joins as a new one. Waits while the
 * coordinator loads the group, as it does when the first group of a broker is made: the client crashed at once instead.
 */
async function joinAgain(this: ConsumerGroupOfClient): Promise<void> {
  this.memberId ??= stillMembers.get(this.cluster) ?? null;
  stillMembers.delete(this.cluster);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await joinOfClient.call(this);
    } catch (error) {
      if ((error as { type?: string }).type !== 'GROUP_LOAD_IN_PROGRESS' || attempt === loadingTries) throw error;
      await new Promise((resolve) => setTimeout(resolve, loadingWaitMs));
    }
  }
}

async function findCoordinator(this: ConsumerGroupOfClient): Promise<void> {
  this.coordinator = await this.cluster.findGroupCoordinator({ groupId: this.groupId });
  if (this.offsetManager) this.offsetManager.coordinator = this.coordinator;
}

const lostNames = new Set(['KafkaJSConnectionError', 'KafkaJSConnectionClosedError', 'KafkaJSRequestTimeoutError']);

/** The broker is not the coordinator any longer, or does not answer. Asking again is harmless when it still is. */
function isElsewhere(error: unknown): boolean {
  const { name, type } = error as { name?: string; type?: string };
  return type === 'NOT_COORDINATOR_FOR_GROUP' || (name !== undefined && lostNames.has(name));
}

/** A call for the same group during a run waits for that run. */
function shared(work: (this: ConsumerGroupOfClient) => Promise<void>): (group: ConsumerGroupOfClient) => Promise<void> {
  const running = new WeakMap<ConsumerGroupOfClient, Promise<void>>();
  return (group) => {
    let run = running.get(group);
    if (!run) {
      run = work.call(group).finally(() => running.delete(group));
      running.set(group, run);
    }
    return run;
  };
}
