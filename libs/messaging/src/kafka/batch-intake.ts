import type { EachBatchPayload } from 'kafkajs';
import type { IncomingMessage } from '../envelope.js';
import type { MessagingMetrics } from '../metrics.js';
import type { AssignedPartitions } from './assigned-partitions.js';
import { heartbeatIntervalMs, incoming, within } from './group-helpers.js';

/** Time that a batch waits for its messages to finish, ms. Then it returns, and they continue beside the next fetch. */
const lingerMs = 5;

/** The surroundings and limits of {@link BatchIntake}. */
export interface BatchIntakeOptions {
  readonly groupId: string;
  readonly partitions: AssignedPartitions;
  readonly metrics: MessagingMetrics;
  readonly maxInFlight: number;
  readonly sessionTimeoutMs: number;
  /** Time during which one batch may take messages in, milliseconds. */
  readonly timeBoxMs: number;
  /** Earliest time at which a message may be taken in, milliseconds; undefined: at once. */
  dueAt?: ((message: IncomingMessage) => number | undefined) | undefined;
  /** Whether the consumer object of that generation is still the current one and is not stopping. */
  isCurrent(generation: number): boolean;
  /** Waits for running work before the group is joined again. */
  barrier(): Promise<void>;
}

/** Takes the messages of fetched batches in as far as there is room for them, and hands them to the workers of their partitions. */
export class BatchIntake {
  /** Start of every batch that has not returned, by its number. */
  private readonly batches = new Map<number, number>();
  private batchSequence = 0;
  private capacityWaiters: (() => void)[] = [];

  constructor(private readonly options: BatchIntakeOptions) {}

  /** Start of the oldest batch that has not returned, milliseconds; undefined when there is none. */
  get oldestBatchAt(): number | undefined {
    const oldest = Math.min(...this.batches.values());
    return Number.isFinite(oldest) ? oldest : undefined;
  }

  /** Forgets the batches of a consumer object that was abandoned. */
  reset(): void {
    this.batches.clear();
  }

  /** There may be room again: a message finished, or a partition was paused or resumed. */
  progressed(): void {
    const waiters = this.capacityWaiters;
    this.capacityWaiters = [];
    for (const waiter of waiters) waiter();
  }

  /** One `eachBatch` of the client. @throws the client's rebalance error, after the barrier, so that the client joins again. */
  async eachBatch(payload: EachBatchPayload, generation: number): Promise<void> {
    const { partitions, metrics, groupId, sessionTimeoutMs } = this.options;
    const id = (this.batchSequence += 1);
    this.batches.set(id, Date.now());
    let rebalance: unknown;
    const beat = (): void => {
      payload.heartbeat().catch((error: unknown) => {
        rebalance ??= error;
        this.progressed();
      });
    };
    const timer = setInterval(beat, Math.min(heartbeatIntervalMs, sessionTimeoutMs / 3));
    try {
      // After a stall this really goes out, and throws: a stale batch is not started (section 3.4).
      await payload.heartbeat().catch((error: unknown) => void (rebalance = error));
      if (rebalance === undefined) await this.take(payload, generation, () => rebalance);
      metrics.set('consumer_in_flight', { group: groupId }, partitions.inFlight);
      // Without a rebalance the timer commits: a commit in here would be one more answer to wait for in every wave.
      if (rebalance === undefined) return;
      await this.options.barrier();
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
    const { partitions, timeBoxMs, maxInFlight } = this.options;
    const { worker } = partitions.get(topic, partition, payload);
    const boxEnd = Date.now() + timeBoxMs;
    const leaving = partitions.leavingOf(topic, partition);
    if (leaving) {
      await within(leaving, timeBoxMs); // handlers from before the partition was away end first, unless they hang
      partitions.forgetLeaving(topic, partition);
    }
    const mayGoOn = (): boolean =>
      this.options.isCurrent(generation) && rebalance() === undefined && payload.isRunning() && !payload.isStale() && Date.now() < boxEnd;
    let taken = 0;
    for (const record of batch.messages) {
      while (mayGoOn() && (worker.isPaused || partitions.inFlight >= maxInFlight)) {
        if (worker.isPaused) return; // a pause from outside does not reach this wave (section 4)
        await this.capacity(boxEnd - Date.now());
      }
      if (!mayGoOn()) break;
      const message = incoming(topic, partition, record);
      const due = this.options.dueAt?.(message);
      if (due !== undefined && due > Date.now()) {
        worker.waitUntil(due); // it is read again then
        break;
      }
      worker.admit(message);
      payload.resolveOffset(record.offset);
      taken += 1;
    }
    if (taken === batch.messages.length) {
      payload.resolveOffset(batch.lastOffset());
      worker.endOfBatch(BigInt(batch.lastOffset()));
      if (rebalance() === undefined) await within(worker.idle(), lingerMs);
    }
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
}
