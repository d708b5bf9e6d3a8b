import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import type { RejectGuardPolicy } from '@tributary/posting';
import type { IncomingMessage } from '../envelope.js';
import type { LadderOptions } from '../ladder/ladder-options.js';
import { MessageProcessor } from '../message-processor.js';
import type { Handler } from '../message-processor.js';
import { noMetrics } from '../metrics.js';
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import type { PartitionWorker } from '../partition-worker.js';
import type { RetryPolicy } from '../retry-policy.js';
import { PartitionWorkers } from '../partition-workers.js';
import type { MessageSeals } from '../seal/message-seals.js';
import type { BreakerOptions } from '../breaker-options.js';
import { InMemoryPublisher } from './in-memory-broker.js';
import type { InMemoryBroker } from './in-memory-broker.js';

/** Options of {@link InMemoryTransport}: those of the Kafka transport that mean something without Kafka. */
export interface InMemoryTransportOptions {
  readonly broker: InMemoryBroker;
  readonly publisher?: InMemoryPublisher;
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly concurrency?: number;
  readonly policy?: RetryPolicy;
  readonly ladder?: LadderOptions;
  /** Messages in work at once over all partitions. Default: only `concurrency` limits. */
  readonly maxConcurrent?: number;
  readonly breaker?: BreakerOptions;
  readonly rejectGuard?: RejectGuardPolicy;
  readonly clock?: Clock;
  readonly unhandled?: 'skip' | 'dead-letter';
  readonly seals?: MessageSeals;
}

/** The Kafka transport without Kafka: the same partition worker and processor over an {@link InMemoryBroker}. */
export class InMemoryTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private readonly running = new Map<string, PartitionWorker>();
  private readonly workers: PartitionWorkers;
  private readonly clock: Clock;
  private readonly cancels: (() => void)[] = [];
  /** Why it stopped itself, if it did. */
  stoppedBy: string | undefined;
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
      // Not getHandlerByPattern: it reads every pattern as JSON first, which none of ours is.
      handlerFor: (pattern) => this.messageHandlers.get(pattern) as unknown as Handler | undefined,
    });
    this.clock = options.clock ?? systemClock;
    this.workers = new PartitionWorkers({
      ...options,
      processor: this.processor,
      publisher: this.publisher,
      metrics: noMetrics,
      clock: this.clock,
      concurrency: options.concurrency ?? 16,
      onPause: () => undefined,
      onFinished: (topic, partition) => {
        const offset = this.running.get(`${topic}/${partition}`)?.committable;
        if (offset !== undefined) options.broker.commit(options.groupId, topic, partition, offset);
      },
      onStop: (reason) => {
        this.stoppedBy = reason;
        void this.close();
      },
    });
  }

  listen(callback: () => void): void {
    const { broker, groupId } = this.options;
    for (const topic of this.workers.topics)
      for (let partition = 0; partition < broker.partitions; partition += 1)
        this.running.set(`${topic}/${partition}`, this.workers.make(topic, partition));
    for (const topic of this.workers.topics) {
      for (let partition = 0; partition < broker.partitions; partition += 1)
        for (const message of broker.from(topic, partition, broker.committedOf(groupId, topic, partition))) this.admit(topic, message);
      this.unsubscribe.push(broker.subscribe(topic, (message) => this.admit(topic, message)));
    }
    callback();
  }

  async close(): Promise<void> {
    for (const unsubscribe of this.unsubscribe) unsubscribe();
    for (const cancel of this.cancels) cancel();
    await Promise.all([...this.running.values()].map((worker) => worker.close(1_000)));
    this.workers.close();
    this.running.clear();
  }

  /** Resolves when nothing runs and nothing could run now. */
  async idle(): Promise<void> {
    await Promise.all([...this.running.values()].map((worker) => worker.idle()));
  }

  on(): void {
    throw new Error('this transport has no events');
  }

  unwrap<T>(): T {
    return this.options.broker as T;
  }

  /** A record that is not due is admitted later: there is no partition to pause here. */
  private admit(topic: string, message: IncomingMessage): void {
    const worker = this.running.get(`${topic}/${message.partition}`);
    const dueAt = this.workers.dueAt(message) ?? 0;
    const now = this.clock.now();
    if (dueAt <= now) return void worker?.admit(message);
    this.cancels.push(this.clock.after(dueAt - now, () => this.admit(topic, message))); // asked again: timers have a longest wait
  }
}
