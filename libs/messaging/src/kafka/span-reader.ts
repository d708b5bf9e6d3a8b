import type { Consumer, EachBatchPayload } from 'kafkajs';
import type { IncomingMessage } from '../envelope.js';
import { isGenuine } from '../seal/check-seal.js';
import { incoming } from './group-helpers.js';
import type { KafkaConnection } from './kafka-client.js';

/** A range of one partition's offsets. */
export interface TopicSpan {
  readonly topic: string;
  readonly partition: number;
  /** First offset that is read. */
  readonly from: bigint;
  /** First offset that is not read. */
  readonly to: bigint;
}

/** Options for reading topics without a consumer group. */
export interface TopicReaderOptions extends KafkaConnection {
  readonly spans: readonly TopicSpan[];
  /**
   * One batch of one partition, in order. Partitions are read concurrently. `next` is where a later run may continue once this has returned;
   * `messages` may be empty where offsets have no record (compaction, control records).
   */
  onBatch(topic: string, partition: number, messages: readonly IncomingMessage[], next: bigint): Promise<void>;
  readonly signal?: AbortSignal;
  /** Without progress for this long, reading ends with an error, ms. */
  readonly stalledAfterMs?: number;
}

const defaultStalledAfterMs = 60_000;
const checkEveryMs = 250;
const partitionsAtOnce = 6;

type OpenSpan = TopicSpan & { from: bigint };

/** Reads spans with a connected consumer until all of them have reached their end. Use an instance once. */
export class SpanReader {
  private progressAt = Date.now();
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(
    private readonly consumer: Consumer,
    private readonly options: TopicReaderOptions,
    /** Spans that are not read to their end, by `topic/partition`; shrinks while reading. */
    private readonly open: Map<string, OpenSpan>,
  ) {}

  async run(): Promise<void> {
    const { consumer } = this;
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        this.resolve = resolve;
        this.reject = reject;
        timer = setInterval(() => this.checkProgress(), checkEveryMs);
        this.followHoles();
        consumer
          .run({
            autoCommit: false,
            partitionsConsumedConcurrently: partitionsAtOnce,
            eachBatch: (payload) => this.eachBatch(payload),
          })
          .catch(reject);
        for (const { topic, partition, from } of this.open.values()) consumer.seek({ topic, partition, offset: from.toString() });
      });
    } finally {
      clearInterval(timer);
    }
  }

  private checkProgress(): void {
    const { signal, stalledAfterMs = defaultStalledAfterMs } = this.options;
    if (signal?.aborted) this.reject(signal.reason);
    else if (Date.now() - this.progressAt > stalledAfterMs)
      this.reject(new Error(`reading ${[...this.open.keys()].join(', ')}: the brokers gave nothing for ${stalledAfterMs} ms`));
  }

  /** Offsets without any record (compaction, control records) never reach eachBatch: docs/reference/kafkajs.md, section 5.3. */
  private followHoles(): void {
    const { consumer, options } = this;
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      const { topic, partition, batchSize, lastOffset } = payload;
      if (batchSize > 0) return;
      const next = BigInt(lastOffset) + 1n;
      if (!this.open.has(`${topic}/${partition}`)) return;
      options.onBatch(topic, partition, [], next).then(() => this.reached(topic, partition, next), this.reject);
    });
  }

  private async eachBatch({ batch, heartbeat }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    const span = this.open.get(`${topic}/${partition}`);
    if (!span) {
      this.consumer.pause([{ topic, partitions: [partition] }]);
      return;
    }
    const next = BigInt(batch.lastOffset()) + 1n;
    const messages: IncomingMessage[] = batch.messages
      .map((record) => incoming(topic, partition, record))
      .filter(({ offset }) => offset >= span.from && offset < span.to)
      .filter((message) => this.isOurs(message));
    try {
      await this.options.onBatch(topic, partition, messages, next < span.to ? next : span.to);
    } catch (error) {
      this.reject(error);
      throw error;
    }
    this.reached(topic, partition, next);
    await heartbeat();
  }

  private isOurs(message: IncomingMessage): boolean {
    const { seals, log } = this.options;
    if (!seals || isGenuine(seals, message)) return true;
    log?.('warn', `${message.topic}/${message.partition}/${message.offset} is left out: its seal is missing or wrong`, {});
    return false;
  }

  private reached(topic: string, partition: number, next: bigint): void {
    this.progressAt = Date.now();
    const key = `${topic}/${partition}`;
    const span = this.open.get(key);
    if (!span) return;
    if (next >= span.to) this.open.delete(key);
    else this.open.set(key, { ...span, from: next });
    if (this.open.size === 0) this.resolve();
  }
}
