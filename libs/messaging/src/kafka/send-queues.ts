import type { MessagingMetrics } from '../metrics.js';
import { PartitionSendQueue } from '../partition-send-queue.js';
import { textOf } from './client-errors.js';
import { isFinal } from './replaceable-producer.js';
import type { ReplaceableProducer } from './replaceable-producer.js';
import { withSendSpan } from './send-span.js';
import type { TopicPartitions } from './topic-partitions.js';

const maxBatchMessages = 1_000;
const maxBatchBytes = 900_000;
const resendDelaysMs = [200, 500, 1_000, 2_000];

/** The delay before another attempt to reach a broker, milliseconds. @param attempt failed attempts so far, at least 1. */
export function resendDelayMs(attempt: number): number {
  return resendDelaysMs[Math.min(attempt, resendDelaysMs.length) - 1] as number;
}

/** Waits that long. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The surroundings of {@link SendQueues}. */
export interface SendQueuesOptions {
  readonly clientId: string;
  readonly metrics: MessagingMetrics;
  readonly partitions: TopicPartitions;
  readonly producer: ReplaceableProducer;
  onProblem(text: string): void;
}

/** One send queue per partition: each has one unfinished send, and re-sends the identical batch until the broker has it. */
export class SendQueues {
  private readonly queues = new Map<string, PartitionSendQueue>();

  constructor(private readonly options: SendQueuesOptions) {}

  /** The queue of a partition, made at its first use. */
  of(topic: string, partition: number): PartitionSendQueue {
    const name = `${topic}/${partition}`;
    let queue = this.queues.get(name);
    if (!queue) this.queues.set(name, (queue = this.make(topic, partition)));
    return queue;
  }

  private make(topic: string, partition: number): PartitionSendQueue {
    const { producer, metrics, clientId, onProblem } = this.options;
    let generation = -1;
    return new PartitionSendQueue({
      maxMessages: maxBatchMessages,
      maxBytes: maxBatchBytes,
      isFinal,
      turn: async () => {
        const current = await producer.current().catch(() => undefined); // the send tries again, and says why
        if (current) await producer.requestsOf(current).turn(this.options.partitions.leaderOf(topic, partition));
      },
      send: async (batch, attempt) => {
        const requests = producer.requestsOf(await producer.current());
        generation = producer.generation;
        const leader = this.options.partitions.leaderOf(topic, partition);
        const result = await withSendSpan(topic, partition, batch, () => requests.send(leader, topic, partition, batch, attempt > 1));
        producer.answered();
        this.countDuplicate(result.logAppendTime, attempt);
      },
      onResend: async (error, attempt) => {
        onProblem(textOf(error));
        metrics.count('producer_resends_total', { client: clientId });
        await producer.afterFailure(generation, error);
        await sleep(resendDelayMs(attempt));
      },
    });
  }

  /**
   * An append time in the answer means that the broker took the batch for a repetition: the answer to an earlier attempt was lost, which is
   * what re-sending the identical batch is for. Counted, because without a lost answer it would mean a swallowed record (section 2.4).
   */
  private countDuplicate(logAppendTime: string | undefined, attempt: number): void {
    if (logAppendTime === undefined || logAppendTime === '-1') return;
    const { metrics, clientId } = this.options;
    metrics.count('producer_duplicate_answers_total', { client: clientId, attempt: attempt === 1 ? 'first' : 'later' });
  }
}
