import type { Consumer, Kafka as KafkaType } from 'kafkajs';
import type { IncomingMessage } from '../envelope.js';
import type { MessagingMetrics } from '../metrics.js';
import type { PartitionWorker } from '../partition-worker.js';
import { Suspensions } from '../suspensions.js';
import { watchdogVerdict } from '../watchdog.js';
import { AssignedPartitions } from './assigned-partitions.js';
import { BatchIntake } from './batch-intake.js';
import { textOf } from './client-errors.js';
import { ConsumerMonitor } from './consumer-monitor.js';
import { coPartitioned } from './co-partitioned.js';
import { consumerConfig, consumerRetry, rebalanceTimeoutMs, within } from './group-helpers.js';
import { kafkaClient, PartitionAssigners, requestTimeoutMs } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';

/** Options of one member of a consumer group. */
export interface GroupConsumerOptions extends KafkaConnection {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Messages delivered and unfinished in all partitions; then nothing more is taken. */
  readonly maxInFlight: number;
  readonly metrics: MessagingMetrics;
  /** Partition p of every topic has to belong to one member. */
  readonly coPartitioned: boolean;
  /** @param mayStart false while it is not known whether this is still a member. */
  makeWorker(topic: string, partition: number, mayStart: () => boolean): PartitionWorker;
  /** A partition went to another member. */
  onLost?(topic: string, partition: number): void;
  /** Earliest time at which a message may be taken in, milliseconds; undefined: at once. */
  dueAt?(message: IncomingMessage): number | undefined;
  /** The watchdog replaced the consumer too often: the process should end. */
  onUnrecoverable(reason: string): void;
  readonly sessionTimeoutMs?: number;
  readonly timeBoxMs?: number;
}

const defaultSessionTimeoutMs = 30_000;
const defaultTimeBoxMs = 12_000;
const rebalanceGraceMs = 8_000;
const commitEveryMs = 400;
const watchdogEveryMs = 5_000;
const disconnectWithinMs = 5_000;
const maxRebuilds = 3;
const rebuildWindowMs = 600_000;

/**
 * One member of a consumer group. kafkajs fetches; which messages are in flight, finished and committable is tracked here. The
 * position moves when a message is taken in, the commit only when it and everything before it is finished, so an unfinished message
 * is read again after a crash and not twice while it runs (docs/reference/kafkajs.md, 5.1).
 */
export class GroupConsumer {
  private consumer: Consumer | undefined;
  private readonly partitions: AssignedPartitions;
  private readonly intake: BatchIntake;
  private readonly monitor: ConsumerMonitor;
  /** Counts consumer objects: callbacks of an abandoned one find a newer generation and do nothing. */
  private generation = 0;
  private stopping = false;
  private timers: NodeJS.Timeout[] = [];
  /** Times of recent replacements by the watchdog. */
  private rebuilds: number[] = [];
  private readonly sessionTimeoutMs: number;
  private readonly timeBoxMs: number;
  private readonly suspensions: Suspensions;

  constructor(private readonly options: GroupConsumerOptions) {
    this.sessionTimeoutMs = options.sessionTimeoutMs ?? defaultSessionTimeoutMs;
    this.timeBoxMs = options.timeBoxMs ?? defaultTimeBoxMs;
    this.suspensions = new Suspensions(this.sessionTimeoutMs / 3, Date.now());
    this.partitions = new AssignedPartitions({
      makeWorker: (topic, partition) => options.makeWorker(topic, partition, () => this.monitor.isMember()),
      onLost: (topic, partition) => options.onLost?.(topic, partition),
      applyPause: (topic, partition, paused) => this.applyPause(topic, partition, paused),
    });
    this.monitor = new ConsumerMonitor({
      ...options,
      partitions: this.partitions,
      sessionTimeoutMs: this.sessionTimeoutMs,
      isStopping: () => this.stopping,
    });
    this.intake = new BatchIntake({
      ...options,
      partitions: this.partitions,
      sessionTimeoutMs: this.sessionTimeoutMs,
      timeBoxMs: this.timeBoxMs,
      dueAt: (message) => options.dueAt?.(message),
      isCurrent: (generation) => !this.stopping && generation === this.generation,
      barrier: () => this.barrier(),
    });
  }

  /** Joins the group. Waits for the brokers without a limit. */
  async start(): Promise<void> {
    this.timers = [
      setInterval(() => {
        this.suspensions.look(Date.now());
        void this.partitions.commitAll(this.consumer);
      }, commitEveryMs),
      setInterval(() => this.watch(), watchdogEveryMs),
    ];
    for (const timer of this.timers) timer.unref();
    await this.build();
  }

  /** undefined while it is a working member, else a sentence. */
  health(): string | undefined {
    return this.monitor.problem();
  }

  /** Partitions that are not fetched at present, as `topic/partition`. */
  get pausedPartitions(): string[] {
    return this.partitions.paused;
  }

  /** Called by workers after every finished message, and when they are paused or resumed. */
  progressed(): void {
    this.intake.progressed();
  }

  /** Pauses or resumes the fetching of one partition. */
  applyPause(topic: string, partition: number, paused: boolean): void {
    try {
      if (paused) this.consumer?.pause([{ topic, partitions: [partition] }]);
      else this.consumer?.resume([{ topic, partitions: [partition] }]);
    } catch {
      // Between crash and restart the client has no group; the desired state is applied at the next join (section 4).
    }
    this.progressed();
  }

  /** Takes nothing more, lets running handlers finish within the grace period, commits, leaves the group. A hung handler does not block it. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    this.progressed();
    await this.partitions.closeAll(graceMs);
    await within(this.partitions.commitAll(this.consumer), requestTimeoutMs);
    for (const timer of this.timers) clearInterval(timer);
    const { consumer } = this;
    this.consumer = undefined;
    if (consumer) await within(consumer.disconnect(), disconnectWithinMs + 2_000);
  }

  private async build(): Promise<void> {
    const generation = (this.generation += 1);
    this.monitor.reset();
    const client: KafkaType = kafkaClient(this.options);
    const consumer = client.consumer({
      ...consumerConfig(this.options.groupId, this.sessionTimeoutMs),
      // Also offer the client's own assignor, so that other members can join, unless partitions of one number must stay together.
      partitionAssigners: [
        coPartitioned(() => this.partitions.owned(this.monitor.memberId)),
        ...(this.options.coPartitioned ? [] : [PartitionAssigners.roundRobin]),
      ],
      retry: { ...consumerRetry, restartOnFailure: async () => !this.stopping && generation === this.generation },
    });
    this.consumer = consumer;
    this.monitor.listen(consumer, () => generation === this.generation);
    for (let attempt = 0; !this.stopping && generation === this.generation; attempt += 1) {
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: 16,
          eachBatch: (payload) => this.intake.eachBatch(payload, generation),
        });
        return;
      } catch (error) {
        if (attempt % 5 === 0) this.options.log?.('warn', `joining group ${this.options.groupId}: ${textOf(error)}; trying again`, {});
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  /** Before the consumer joins again: lets running handlers finish, so that the next owner does not run them a second time (section 3.3). */
  private async barrier(): Promise<void> {
    await within(this.partitions.allIdle(), rebalanceGraceMs);
    // The broker still accepts the old generation (section 3.5). Commit all partitions: the slowest handlers usually belong to an earlier
    // batch than the one that noticed the rebalance.
    await within(this.partitions.commitAll(this.consumer), requestTimeoutMs);
  }

  private watch(): void {
    const { oldestBatchAt } = this.intake;
    const limits = { sessionTimeoutMs: this.sessionTimeoutMs, rebalanceTimeoutMs, requestTimeoutMs, timeBoxMs: this.timeBoxMs };
    const now = Date.now();
    const awakeSince = this.suspensions.look(now);
    const verdict = watchdogVerdict({ ...this.monitor.health, stopping: this.stopping, oldestBatchAt, awakeSince }, limits, now);
    if (verdict.act) this.rebuild(verdict.reason);
  }

  /** Abandons the client's object and builds a new one: its callbacks find an old generation and do nothing. */
  private rebuild(reason: string): void {
    const now = Date.now();
    this.rebuilds = [...this.rebuilds.filter((at) => now - at < rebuildWindowMs), now];
    this.options.metrics.count('watchdog_actions_total', { group: this.options.groupId });
    this.options.log?.('error', `watchdog: the consumer of group ${this.options.groupId} is replaced: ${reason}`, {});
    if (this.rebuilds.length > maxRebuilds)
      return this.options.onUnrecoverable(`replaced ${this.rebuilds.length} times within ${rebuildWindowMs} ms, last because ${reason}`);
    const old = this.consumer;
    this.partitions.abandonAll();
    this.monitor.left();
    this.intake.reset();
    if (old) void within(old.disconnect(), disconnectWithinMs);
    void this.build();
  }
}
