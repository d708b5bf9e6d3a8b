import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import { deadLetterHeaders } from '../envelope.js';
import { MessageProcessor } from '../message-processor.js';
import type { Handler } from '../message-processor.js';
import { noMetrics } from '../metrics.js';
import { PartitionWorker, systemClock } from '../partition-worker.js';
import type { Clock } from '../partition-worker.js';
import { defaultRetryPolicy } from '../retry-policy.js';
import type { RetryPolicy } from '../retry-policy.js';
import { InMemoryPublisher } from './in-memory-broker.js';
import type { InMemoryBroker } from './in-memory-broker.js';

export interface InMemoryTransportOptions {
  readonly broker: InMemoryBroker;
  readonly publisher?: InMemoryPublisher;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly concurrency?: number;
  readonly policy?: RetryPolicy;
  readonly clock?: Clock;
  readonly unhandled?: 'skip' | 'dead-letter';
}

/** The Kafka transport without Kafka: the same partition worker and processor over an {@link InMemoryBroker}. */
export class InMemoryTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly workers = new Map<string, PartitionWorker>();
  private readonly processor: MessageProcessor;
  private readonly publisher: InMemoryPublisher;
  private unsubscribe: (() => void)[] = [];

  constructor(private readonly options: InMemoryTransportOptions) {
    super();
    this.publisher = options.publisher ?? new InMemoryPublisher(options.broker);
    this.processor = new MessageProcessor({
      group: options.groupId,
      codec: this.publisher.codec,
      publisher: this.publisher,
      metrics: noMetrics,
      unhandled: options.unhandled ?? 'skip',
      handlerFor: (pattern) => (this.getHandlerByPattern(pattern) as unknown as Handler | null) ?? undefined,
    });
  }

  listen(callback: () => void): void {
    const { broker, groupId, topics } = this.options;
    for (const topic of topics) {
      for (let partition = 0; partition < broker.partitions; partition += 1) {
        const worker = this.makeWorker(topic, partition);
        this.workers.set(`${topic}/${partition}`, worker);
        for (const message of broker.from(topic, partition, broker.committedOf(groupId, topic, partition))) worker.admit(message);
      }
      this.unsubscribe.push(broker.subscribe(topic, (message) => void this.workers.get(`${topic}/${message.partition}`)?.admit(message)));
    }
    callback();
  }

  async close(): Promise<void> {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    await Promise.all([...this.workers.values()].map((worker) => worker.close(1_000)));
    this.workers.clear();
  }

  /** Resolves when nothing runs and nothing could run now. */
  async idle(): Promise<void> {
    await Promise.all([...this.workers.values()].map((worker) => worker.idle()));
  }

  on(): void {
    throw new Error('this transport has no events');
  }

  unwrap<T>(): T {
    return this.options.broker as T;
  }

  private makeWorker(topic: string, partition: number): PartitionWorker {
    const { broker, groupId } = this.options;
    const worker: PartitionWorker = new PartitionWorker({
      concurrency: this.options.concurrency ?? 16,
      policy: this.options.policy ?? defaultRetryPolicy,
      clock: this.options.clock ?? systemClock,
      process: (message, attempt, signal) => this.processor.process(message, attempt, signal),
      deadLetter: (message, failure) =>
        this.publisher.publishRaw([
          {
            topic: `${topic}.${groupId}.dlq`,
            key: message.key,
            value: message.value,
            headers: deadLetterHeaders(message, groupId, failure),
          },
        ]),
      onHold: () => undefined,
      onFinished: () => {
        if (worker.committable !== undefined) broker.commit(groupId, topic, partition, worker.committable);
      },
    });
    return worker;
  }
}
