import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { PartitionWorker } from '../partition-worker.js';
import type { OwnedPartitions } from './co-partitioned.js';

/** A partition while it is assigned to this consumer. */
export interface AssignedPartition {
  readonly worker: PartitionWorker;
  readonly topic: string;
  readonly partition: number;
  committed: bigint | undefined;
  /** Commit function of the newest batch: works as long as the group generation stands. */
  commit: ((offset: bigint) => Promise<void>) | undefined;
  /** A commit without a batch is under way. */
  committing: boolean;
}

/** The surroundings of {@link AssignedPartitions}. */
export interface AssignedPartitionsOptions {
  makeWorker(topic: string, partition: number): PartitionWorker;
  /** A partition went to another member. */
  onLost?: ((topic: string, partition: number) => void) | undefined;
  /** Tells the client to fetch a partition or to stop fetching it. */
  applyPause(topic: string, partition: number, paused: boolean): void;
}

/** A partition as a key of maps and in messages. */
export function nameOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}

/** The partitions that the group has given to this consumer: their workers, and how far each is committed. */
export class AssignedPartitions {
  private readonly assigned = new Map<string, AssignedPartition>();
  /** Handlers that still run in lost partitions, until they have ended. */
  private readonly leaving = new Map<string, Promise<void>>();

  constructor(private readonly options: AssignedPartitionsOptions) {}

  /** Delivered and unfinished messages of all partitions. */
  get inFlight(): number {
    let sum = 0;
    for (const { worker } of this.assigned.values()) sum += worker.unfinished;
    return sum;
  }

  /** Names of the partitions that are not fetched at present. */
  get paused(): string[] {
    return [...this.assigned].flatMap(([name, { worker }]) => (worker.isPaused ? [name] : []));
  }

  /** The partition with its worker, made at its first use. @param payload its newest batch, which can commit. */
  get(topic: string, partition: number, payload?: EachBatchPayload): AssignedPartition {
    const name = nameOf(topic, partition);
    let assigned = this.assigned.get(name);
    if (!assigned) {
      assigned = {
        worker: this.options.makeWorker(topic, partition),
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

  /** The worker of a partition that is assigned already. */
  workerOf(topic: string, partition: number): PartitionWorker | undefined {
    return this.assigned.get(nameOf(topic, partition))?.worker;
  }

  /** Handlers of an earlier assignment of this partition; resolves when they have ended. */
  leavingOf(topic: string, partition: number): Promise<void> | undefined {
    return this.leaving.get(nameOf(topic, partition));
  }

  /** Stops waiting for {@link leavingOf}. */
  forgetLeaving(topic: string, partition: number): void {
    this.leaving.delete(nameOf(topic, partition));
  }

  /** A new generation: partitions that left are abandoned, pauses are applied again, because a restart loses them (section 4). */
  reassign(assignment: Record<string, number[]>): void {
    const mine = new Set(
      Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((partition) => nameOf(topic, partition))),
    );
    for (const name of [...this.assigned.keys()]) if (!mine.has(name)) this.abandon(name);
    for (const assigned of this.assigned.values()) {
      assigned.commit = undefined; // belongs to the old generation
      this.options.applyPause(assigned.topic, assigned.partition, assigned.worker.isPaused);
    }
    for (const [topic, partitions] of Object.entries(assignment)) {
      for (const partition of partitions) {
        if (this.assigned.has(nameOf(topic, partition))) continue;
        const { worker } = this.get(topic, partition);
        this.options.applyPause(topic, partition, worker.isPaused); // ends a pause left over from an earlier assignment
      }
    }
  }

  /** Gives up every partition: another member may have owned all of them in between. */
  abandonAll(): void {
    for (const name of [...this.assigned.keys()]) this.abandon(name);
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

  /** Commits every finished prefix. A refused commit means a rebalance, which the next batch reports. */
  async commitAll(consumer: Consumer | undefined): Promise<void> {
    await Promise.all([...this.assigned.values()].map((assigned) => this.commit(assigned, consumer).catch(() => undefined)));
  }

  private async commit(assigned: AssignedPartition, consumer: Consumer | undefined): Promise<void> {
    const offset = assigned.worker.committable;
    if (offset === undefined || offset === assigned.committed) return;
    if (assigned.commit) await assigned.commit(offset);
    else if (!assigned.committing) await this.commitWithoutBatch(assigned, offset, consumer);
    else return;
    assigned.committed = offset;
  }

  /** Used when only control records came in this generation, so that there was no batch that could commit (section 5.3). */
  private async commitWithoutBatch(assigned: AssignedPartition, offset: bigint, consumer: Consumer | undefined): Promise<void> {
    const { topic, partition } = assigned;
    assigned.committing = true; // the client retries by itself, and an older offset must not follow a newer one
    try {
      await consumer?.commitOffsets([{ topic, partition, offset: offset.toString() }]);
    } finally {
      assigned.committing = false;
    }
  }

  /** Resolves when no worker runs anything that it could run now. */
  async allIdle(): Promise<void> {
    await Promise.all([...this.assigned.values()].map(({ worker }) => worker.idle()));
  }

  /** Stops every worker. @param graceMs time for running handlers to finish, milliseconds. */
  async closeAll(graceMs: number): Promise<void> {
    await Promise.all([...this.assigned.values()].map(({ worker }) => worker.close(graceMs)));
  }

  /** Lets workers start what they held back while it was unknown whether this is still a member. */
  wakeAll(): void {
    for (const { worker } of this.assigned.values()) worker.wake();
  }

  /**
   * The state that this member reports when it joins again. Not every way there leads through a batch with its barrier, so partitions with
   * unfinished work should stay here.
   */
  owned(memberId: string | undefined): OwnedPartitions {
    const all = [...this.assigned.values()];
    const numbers = (of: readonly AssignedPartition[]): number[] => [...new Set(of.map(({ partition }) => partition))];
    return { memberId, owned: numbers(all), busy: numbers(all.filter(({ worker }) => worker.unfinished > 0)) };
  }
}
