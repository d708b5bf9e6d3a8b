import type { Consumer } from 'kafkajs';
import type { MessagingMetrics } from '../metrics.js';
import { initialConsumerHealth } from '../watchdog.js';
import type { AssignedPartitions } from './assigned-partitions.js';
import { textOf } from './client-errors.js';
import type { KafkaConnection } from './kafka-client.js';

/** The part of a consumer's health that its events show: all except stops and batches. */
type OwnHealth = ReturnType<typeof initialConsumerHealth>;

/** The surroundings of {@link ConsumerMonitor}. */
export interface ConsumerMonitorOptions extends Pick<KafkaConnection, 'log'> {
  readonly groupId: string;
  readonly metrics: MessagingMetrics;
  readonly partitions: AssignedPartitions;
  readonly sessionTimeoutMs: number;
  isStopping(): boolean;
}

/** Follows the events of the client's consumer: heartbeats, fetches, crashes, and the partitions that a join assigns. */
export class ConsumerMonitor {
  /** Id of this consumer in the group. A new id means that it had left the group in between. */
  memberId: string | undefined;
  private state = initialConsumerHealth(Date.now());

  constructor(private readonly options: ConsumerMonitorOptions) {}

  /** For the watchdog, which adds stops and batches. */
  get health(): OwnHealth {
    return this.state;
  }

  /** A new consumer object is made. */
  reset(): void {
    this.state = initialConsumerHealth(Date.now());
  }

  /** The consumer left the group. */
  left(): void {
    this.memberId = undefined;
  }

  /** undefined while it is a working member, else a sentence. */
  problem(): string | undefined {
    const { groupId } = this.options;
    if (!this.state.joined) return `group ${groupId} has not been joined yet`;
    if (this.state.crashedAt !== undefined) return `group ${groupId} is being joined again`;
    return undefined;
  }

  /**
   * Whether this consumer is still a member of its group. A process that was suspended for longer than the session has lost its partitions
   * without knowing it, so nothing starts until a heartbeat is answered (docs/reference/kafkajs.md, 3.4).
   */
  isMember(): boolean {
    return Date.now() - this.state.lastHeartbeatAt < this.options.sessionTimeoutMs;
  }

  /** Follows one consumer object. @param isCurrent false once it was replaced: its events are ignored then. */
  listen(consumer: Consumer, isCurrent: () => boolean): void {
    const { events } = consumer;
    const { partitions } = this.options;
    consumer.on(events.HEARTBEAT, () => {
      if (!isCurrent()) return;
      this.update({ lastHeartbeatAt: Date.now(), requestTimeoutsInRow: 0 });
      partitions.wakeAll();
    });
    consumer.on(events.FETCH, () => {
      if (isCurrent()) this.update({ lastFetchAt: Date.now(), requestTimeoutsInRow: 0 });
    });
    consumer.on(events.REQUEST_TIMEOUT, () => {
      if (isCurrent()) this.update({ requestTimeoutsInRow: this.state.requestTimeoutsInRow + 1 });
    });
    consumer.on(events.CRASH, ({ payload }) => {
      if (isCurrent()) this.crashed(payload.error, payload.restart);
    });
    consumer.on(events.GROUP_JOIN, ({ payload }) => {
      if (!isCurrent()) return;
      if (this.options.isStopping()) return void consumer.disconnect().catch(() => undefined); // a restart overtook the stop (section 5.2)
      this.joined(payload.memberId, payload.memberAssignment as Record<string, number[]>);
    });
    consumer.on(events.END_BATCH_PROCESS, ({ payload }) => {
      if (!isCurrent()) return;
      const { topic, partition, offsetLag, batchSize, lastOffset } = payload;
      const labels = { group: this.options.groupId, topic, partition: String(partition) };
      this.options.metrics.set('consumer_lag', labels, Number(offsetLag ?? 0));
      // A fetch of control records only never reaches eachBatch; without this its lag would never shrink (section 5.3).
      if (batchSize === 0 && lastOffset !== null) partitions.workerOf(topic, partition)?.endOfBatch(BigInt(lastOffset));
    });
  }

  private crashed(error: Error, restarts: boolean): void {
    const what = restarts ? 'it restarts' : 'it ended';
    this.options.log?.('warn', `consumer of group ${this.options.groupId}: ${textOf(error)}; ${what}`, {});
    this.update({ crashedAt: this.state.crashedAt ?? Date.now(), dead: !restarts });
  }

  private joined(memberId: string, assignment: Record<string, number[]>): void {
    const { partitions } = this.options;
    this.update({ joined: true, crashedAt: undefined, lastHeartbeatAt: Date.now(), lastFetchAt: Date.now() });
    if (this.memberId !== undefined && this.memberId !== memberId) partitions.abandonAll(); // another member may have had all of them
    this.memberId = memberId;
    partitions.reassign(assignment);
  }

  private update(change: Partial<OwnHealth>): void {
    this.state = { ...this.state, ...change };
  }
}
