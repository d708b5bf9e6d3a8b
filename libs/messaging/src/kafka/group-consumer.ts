import type { Consumer, EachBatchPayload, Kafka as KafkaType } from 'kafkajs';
import type { IncomingMessage } from '../envelope.js';
import type { MessagingMetrics } from '../metrics.js';
import type { PartitionWorker } from '../partition-worker.js';
import { freshSigns, watchdogVerdict } from '../watchdog.js';
import type { ConsumerSigns } from '../watchdog.js';
import { textOf } from './client-errors.js';
import { coPartitioned } from './co-partitioned.js';
import type { Holdings } from './co-partitioned.js';
import { consumerConfig, consumerRetry, heartbeatIntervalMs, incoming, nameOf, rebalanceTimeoutMs, within } from './group-helpers.js';
import type { Assigned } from './group-helpers.js';
import { kafkaClient, PartitionAssigners, requestTimeoutMs } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';

export interface GroupConsumerOptions extends KafkaConnection {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** Messages delivered and unfinished in all partitions; then nothing more is taken. */
  readonly maxInFlight: number;
  readonly metrics: MessagingMetrics;
  /** Partition p of every topic has to be of one member. */
  readonly coPartitioned: boolean;
  /** @param mayStart false while it is not known whether this is still a member. */
  makeWorker(topic: string, partition: number, mayStart: () => boolean): PartitionWorker;
  /** A partition went to another member. */
  onLost?(topic: string, partition: number): void;
  /** Not before that may a message be taken in, milliseconds; undefined: at once. */
  dueAt?(message: IncomingMessage): number | undefined;
  /** The watchdog gave up on this object too often: the process should end. */
  onHopeless(reason: string): void;
  readonly sessionTimeoutMs?: number;
  readonly timeBoxMs?: number;
}

const defaultSessionTimeoutMs = 30_000;
const defaultTimeBoxMs = 12_000;
/** A batch stays open this long for its messages to finish; then it returns and they go on beside the next fetch: nobody waits for them. */
const lingerMs = 5;
const rebalanceGraceMs = 8_000;
const commitEveryMs = 400;
const watchdogEveryMs = 5_000;
const disconnectWithinMs = 5_000;
const maxRebuilds = 3;
const rebuildWindowMs = 600_000;

/**
 * One member of a consumer group. kafkajs fetches; what is in flight, what is finished and what may be committed is kept here. The
 * position moves when a message is taken in, the commit only when it and everything before it is finished, so an unfinished message
 * is read again after a crash and not twice while it runs (docs/reference/kafkajs.md, 5.1).
 */
export class GroupConsumer {
  private consumer: Consumer | undefined;
  private readonly assigned = new Map<string, Assigned>();
  private readonly batches = new Map<number, number>();
  private batchSequence = 0;
  /** Under which the group knows this consumer; another one means that it was no member meanwhile. */
  private memberId: string | undefined;
  /** What still runs in partitions that were lost, until it has ended. */
  private readonly leaving = new Map<string, Promise<void>>();
  private generation = 0;
  private stopping = false;
  private timers: NodeJS.Timeout[] = [];
  private rebuilds: number[] = [];
  private capacityWaiters: (() => void)[] = [];
  private signs = freshSigns(Date.now());

  constructor(private readonly options: GroupConsumerOptions) {}

  private get sessionTimeoutMs(): number {
    return this.options.sessionTimeoutMs ?? defaultSessionTimeoutMs;
  }
  private get timeBoxMs(): number {
    return this.options.timeBoxMs ?? defaultTimeBoxMs;
  }

  /** Joins the group, waiting for the brokers as long as it takes. */
  async start(): Promise<void> {
    this.timers = [setInterval(() => void this.commitAll(), commitEveryMs), setInterval(() => this.watch(), watchdogEveryMs)];
    for (const timer of this.timers) timer.unref();
    await this.build();
  }

  /** undefined while it is a working member, else a sentence. */
  health(): string | undefined {
    if (!this.signs.joined) return `group ${this.options.groupId} has not been joined yet`;
    if (this.signs.crashedAt !== undefined) return `group ${this.options.groupId} is being joined again`;
    return undefined;
  }

  get inFlight(): number {
    let sum = 0;
    for (const { worker } of this.assigned.values()) sum += worker.unfinished;
    return sum;
  }

  /** Whether any partition is held, and the state that the transport shows. */
  get heldPartitions(): string[] {
    return [...this.assigned].flatMap(([name, { worker }]) => (worker.isHeld ? [name] : []));
  }

  /** Called by workers after every finished message, and when they are held or freed. */
  progressed(): void {
    const waiters = this.capacityWaiters;
    this.capacityWaiters = [];
    for (const waiter of waiters) waiter();
  }

  applyPause(topic: string, partition: number, paused: boolean): void {
    try {
      if (paused) this.consumer?.pause([{ topic, partitions: [partition] }]);
      else this.consumer?.resume([{ topic, partitions: [partition] }]);
    } catch {
      // Between crash and restart the client has no group; the desired state is applied at the next join (section 4).
    }
    this.progressed();
  }

  /** Stops taking, lets what runs finish within the grace, commits the prefix, leaves the group. Never hangs on a hung handler. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    this.progressed();
    await Promise.all([...this.assigned.values()].map(({ worker }) => worker.close(graceMs)));
    await within(this.commitAll(), requestTimeoutMs);
    for (const timer of this.timers) clearInterval(timer);
    const { consumer } = this;
    this.consumer = undefined;
    if (consumer) await within(consumer.disconnect(), disconnectWithinMs + 2_000);
  }

  private async build(): Promise<void> {
    const generation = (this.generation += 1);
    this.signs = freshSigns(Date.now());
    const client: KafkaType = kafkaClient(this.options);
    const consumer = client.consumer({
      ...consumerConfig(this.options.groupId, this.sessionTimeoutMs),
      // Members that know the client's own way only may be among them, as long as nobody depends on who has which partition.
      partitionAssigners: [coPartitioned(() => this.holdings()), ...(this.options.coPartitioned ? [] : [PartitionAssigners.roundRobin])],
      retry: { ...consumerRetry, restartOnFailure: async () => !this.stopping && generation === this.generation },
    });
    this.consumer = consumer;
    this.listen(consumer, generation);
    for (let attempt = 0; !this.stopping && generation === this.generation; attempt += 1) {
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: [...this.options.topics], fromBeginning: true });
        await consumer.run({
          autoCommit: false,
          eachBatchAutoResolve: false,
          partitionsConsumedConcurrently: 16,
          eachBatch: (payload) => this.eachBatch(payload, generation),
        });
        return;
      } catch (error) {
        if (attempt % 5 === 0) this.options.log?.('warn', `joining group ${this.options.groupId}: ${textOf(error)}; trying again`, {});
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  private listen(consumer: Consumer, generation: number): void {
    const current = (): boolean => generation === this.generation;
    const { events } = consumer;
    consumer.on(events.HEARTBEAT, () => {
      if (!current()) return;
      this.signs = { ...this.signs, lastHeartbeatAt: Date.now(), requestTimeoutsInRow: 0 };
      for (const { worker } of this.assigned.values()) worker.wake();
    });
    consumer.on(events.FETCH, () => {
      if (current()) this.signs = { ...this.signs, lastFetchAt: Date.now(), requestTimeoutsInRow: 0 };
    });
    consumer.on(events.REQUEST_TIMEOUT, () => {
      if (current()) this.signs = { ...this.signs, requestTimeoutsInRow: this.signs.requestTimeoutsInRow + 1 };
    });
    consumer.on(events.CRASH, ({ payload }) => {
      if (!current()) return;
      this.options.log?.(
        'warn',
        `consumer of group ${this.options.groupId}: ${textOf(payload.error)}; ${payload.restart ? 'it restarts' : 'it ended'}`,
        {},
      );
      this.signs = { ...this.signs, crashedAt: this.signs.crashedAt ?? Date.now(), dead: !payload.restart };
    });
    consumer.on(events.GROUP_JOIN, ({ payload }) => {
      if (!current()) return;
      if (this.stopping) return void consumer.disconnect().catch(() => undefined); // a restart overtook the stop (section 5.2)
      this.signs = { ...this.signs, joined: true, crashedAt: undefined, lastHeartbeatAt: Date.now(), lastFetchAt: Date.now() };
      if (this.memberId !== undefined && this.memberId !== payload.memberId) this.abandonAll(); // another member may have had all of it
      this.memberId = payload.memberId;
      this.reassign(payload.memberAssignment as Record<string, number[]>);
    });
    consumer.on(events.END_BATCH_PROCESS, ({ payload }) => {
      if (!current()) return;
      const assigned = this.assigned.get(nameOf(payload.topic, payload.partition));
      this.options.metrics.set(
        'consumer_lag',
        { group: this.options.groupId, topic: payload.topic, partition: String(payload.partition) },
        Number(payload.offsetLag ?? 0),
      );
      // A wave of control records only never reaches eachBatch; without this its lag would stay for ever (section 5.3).
      if (payload.batchSize === 0 && payload.lastOffset !== null) assigned?.worker.endOfBatch(BigInt(payload.lastOffset));
    });
  }

  /** A new generation: partitions that left are abandoned, pauses are applied again, because a restart loses them (section 4). */
  private reassign(assignment: Record<string, number[]>): void {
    const mine = new Set(
      Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((partition) => nameOf(topic, partition))),
    );
    for (const name of [...this.assigned.keys()]) if (!mine.has(name)) this.abandon(name);
    for (const assigned of this.assigned.values()) {
      assigned.commit = undefined; // of the old generation
      this.applyPause(assigned.topic, assigned.partition, assigned.worker.isHeld);
    }
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) {
        if (this.assigned.has(nameOf(topic, partition))) continue;
        const { worker } = this.assignedFor(topic, partition);
        this.applyPause(topic, partition, worker.isHeld); // a stale pause of an earlier assignment
      }
    }
  }

  private abandon(name: string): void {
    const lost = this.assigned.get(name);
    if (!lost) return;
    lost.worker.abandon();
    this.assigned.delete(name);
    const ended = lost.worker.idle().then(() => {
      if (this.leaving.get(name) === ended) this.leaving.delete(name);
    });
    this.leaving.set(name, ended);
    this.options.onLost?.(lost.topic, lost.partition);
  }

  private abandonAll(): void {
    for (const name of [...this.assigned.keys()]) this.abandon(name);
  }

  /**
   * Whether the group still counts on this consumer. Who stood still for longer than the session has lost its partitions and doesn't know
   * it yet: nothing is started until a heartbeat was answered (docs/reference/kafkajs.md, 3.4).
   */
  private isMember(): boolean {
    return Date.now() - this.signs.lastHeartbeatAt < this.sessionTimeoutMs;
  }

  private async eachBatch(payload: EachBatchPayload, generation: number): Promise<void> {
    const id = (this.batchSequence += 1);
    this.batches.set(id, Date.now());
    let rebalance: unknown;
    const beat = (): void => {
      payload.heartbeat().catch((error: unknown) => {
        rebalance ??= error;
        this.progressed();
      });
    };
    const timer = setInterval(beat, Math.min(heartbeatIntervalMs, this.sessionTimeoutMs / 3));
    try {
      // After a stall this really goes out, and throws: a stale batch is not started (section 3.4).
      await payload.heartbeat().catch((error: unknown) => void (rebalance = error));
      if (rebalance === undefined) await this.take(payload, generation, () => rebalance);
      this.options.metrics.set('consumer_in_flight', { group: this.options.groupId }, this.inFlight);
      // Without a rebalance offsets are committed by the timer: a commit in here would be an answer more to wait for in every wave.
      if (rebalance === undefined) return;
      await this.barrier();
      throw rebalance as Error;
    } finally {
      clearInterval(timer);
      this.batches.delete(id);
    }
  }

  /** Takes in what there is room for, and waits a little for it. */
  private async take(payload: EachBatchPayload, generation: number, rebalance: () => unknown): Promise<void> {
    const { batch } = payload;
    const { topic, partition } = batch;
    const assigned = this.assignedFor(topic, partition, payload);
    const boxEnd = Date.now() + this.timeBoxMs;
    const leaving = this.leaving.get(nameOf(topic, partition));
    if (leaving) {
      await within(leaving, this.timeBoxMs); // what ran here before the partition was away ends first, unless it hangs
      this.leaving.delete(nameOf(topic, partition));
    }
    const mayGoOn = (): boolean =>
      !this.stopping &&
      generation === this.generation &&
      rebalance() === undefined &&
      payload.isRunning() &&
      !payload.isStale() &&
      Date.now() < boxEnd;
    let taken = 0;
    for (const record of batch.messages) {
      while (mayGoOn() && (assigned.worker.isHeld || this.inFlight >= this.options.maxInFlight)) {
        if (assigned.worker.isHeld) return; // a pause from outside does not reach this wave (section 4)
        await this.capacity(boxEnd - Date.now());
      }
      if (!mayGoOn()) break;
      const message = incoming(topic, partition, record);
      const due = this.options.dueAt?.(message);
      if (due !== undefined && due > Date.now()) {
        assigned.worker.waitUntil(due); // it is read again then
        break;
      }
      assigned.worker.admit(message);
      payload.resolveOffset(record.offset);
      taken += 1;
    }
    if (taken === batch.messages.length) {
      payload.resolveOffset(batch.lastOffset());
      assigned.worker.endOfBatch(BigInt(batch.lastOffset()));
      if (rebalance() === undefined) await within(assigned.worker.idle(), lingerMs);
    }
  }

  /** Before the group is joined anew: what runs may finish, so that the next owner does not run beside it (section 3.3). */
  private async barrier(): Promise<void> {
    await within(this.allIdle(), rebalanceGraceMs);
    // The old generation is still accepted while the new one is prepared (section 3.5); what ran longest is seldom of the batch that learned of it.
    await within(this.commitAll(), requestTimeoutMs);
  }

  /** Told when joining anew. Not every way there leads through a batch with its barrier: what is unfinished stays here if it can. */
  private holdings(): Holdings {
    const all = [...this.assigned.values()];
    const numbers = (of: readonly Assigned[]): number[] => [...new Set(of.map(({ partition }) => partition))];
    return { memberId: this.memberId, owned: numbers(all), busy: numbers(all.filter(({ worker }) => worker.unfinished > 0)) };
  }

  private assignedFor(topic: string, partition: number, payload?: EachBatchPayload): Assigned {
    const name = nameOf(topic, partition);
    let assigned = this.assigned.get(name);
    if (!assigned) {
      assigned = {
        worker: this.options.makeWorker(topic, partition, () => this.isMember()),
        topic,
        partition,
        committed: undefined,
        commit: undefined,
        committing: false,
      };
      this.assigned.set(name, assigned);
    }
    if (payload)
      assigned.commit = (offset) =>
        payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [{ partition, offset: offset.toString() }] }] });
    return assigned;
  }

  private async commit(assigned: Assigned): Promise<void> {
    const offset = assigned.worker.committable;
    if (offset === undefined || offset === assigned.committed) return;
    if (assigned.commit) await assigned.commit(offset);
    else if (!assigned.committing) await this.commitWithoutBatch(assigned, offset);
    else return;
    assigned.committed = offset;
  }

  /** Nothing but control records came in this generation, so there was no batch that could commit (section 5.3). */
  private async commitWithoutBatch(assigned: Assigned, offset: bigint): Promise<void> {
    const { topic, partition } = assigned;
    assigned.committing = true; // the client tries it again by itself, and an old one is not to come after a newer one
    try {
      await this.consumer?.commitOffsets([{ topic, partition, offset: offset.toString() }]);
    } finally {
      assigned.committing = false;
    }
  }

  /** A refused commit means a rebalance: the next batch tells. */
  private async commitAll(): Promise<void> {
    await Promise.all([...this.assigned.values()].map((assigned) => this.commit(assigned).catch(() => undefined)));
  }

  private capacity(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, Math.min(ms, 1_000)));
      this.capacityWaiters.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private async allIdle(): Promise<void> {
    await Promise.all([...this.assigned.values()].map(({ worker }) => worker.idle()));
  }

  private watch(): void {
    const oldest = Math.min(...this.batches.values());
    const signs: ConsumerSigns = { ...this.signs, stopping: this.stopping, oldestBatchAt: Number.isFinite(oldest) ? oldest : undefined };
    const limits = { sessionTimeoutMs: this.sessionTimeoutMs, rebalanceTimeoutMs, requestTimeoutMs, timeBoxMs: this.timeBoxMs };
    const verdict = watchdogVerdict(signs, limits, Date.now());
    if (verdict.act) this.rebuild(verdict.reason);
  }

  /** Abandons the client's object and builds a new one: its callbacks find an old generation and do nothing. */
  private rebuild(reason: string): void {
    const now = Date.now();
    this.rebuilds = [...this.rebuilds.filter((at) => now - at < rebuildWindowMs), now];
    this.options.metrics.count('watchdog_actions_total', { group: this.options.groupId });
    this.options.log?.('error', `watchdog: the consumer of group ${this.options.groupId} is replaced: ${reason}`, {});
    if (this.rebuilds.length > maxRebuilds)
      return this.options.onHopeless(`replaced ${this.rebuilds.length} times within ${rebuildWindowMs} ms, last because ${reason}`);
    const old = this.consumer;
    this.abandonAll();
    this.memberId = undefined;
    this.batches.clear();
    if (old) void within(old.disconnect(), disconnectWithinMs);
    void this.build();
  }
}
