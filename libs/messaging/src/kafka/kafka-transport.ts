import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import type { LadderOptions } from '../ladder/ladder-options.js';
import type { BreakerFailure } from '../circuit-breaker.js';
import { MessageProcessor } from '../message-processor.js';
import type { Handler } from '../message-processor.js';
import { noMetrics } from '../metrics.js';
import type { MessagingMetrics } from '../metrics.js';
import type { Publisher } from '../message.js';
import { systemClock } from '../clock.js';
import type { RetryPolicy } from '../retry-policy.js';
import { RegistrySchemaIds } from '../schema-ids.js';
import { WireCodec } from '../wire-codec.js';
import { PartitionWorkers } from '../partition-workers.js';
import type { BreakerOptions } from '../breaker-options.js';
import { GroupConsumer } from './group-consumer.js';
import type { KafkaConnection } from './kafka-client.js';

/** Options of {@link KafkaTransport}: one consumer group in one process. */
export interface KafkaTransportOptions extends KafkaConnection {
  readonly groupId: string;
  readonly topics: readonly string[];
  readonly registryUrl?: string;
  readonly codec?: WireCodec;
  /** Where handlers' results and dead letters go. */
  readonly publisher: Publisher;
  /** Keys worked on at once per partition. Default 16. */
  readonly concurrency?: number;
  /** Messages in work or waiting in this consumer. Default 500. */
  readonly maxInFlight?: number;
  /** Retries in process. Default: up to five minutes; with a ladder about a second. */
  readonly policy?: RetryPolicy;
  /** Where messages go that fail longer than that. Without it they are dead-lettered, and nothing is parked behind them. */
  readonly ladder?: LadderOptions;
  /** Messages in work at once over all partitions. Default: only `concurrency` limits. */
  readonly maxConcurrent?: number;
  readonly breaker?: BreakerOptions;
  readonly unhandled?: 'skip' | 'dead-letter';
  /** More than `maxRejects` dead letters among the last `window` messages stop the group. Default 50 of 100. */
  readonly rejectGuard?: { readonly maxRejects: number; readonly window: number };
  readonly metrics?: MessagingMetrics;
  readonly sessionTimeoutMs?: number;
  readonly timeBoxMs?: number;
  /** Time for running handlers to finish at a stop. Default 15 s. */
  readonly stopGraceMs?: number;
  /** The consumer could not be kept alive: end the process. Default: exit code 70. */
  readonly onUnrecoverable?: (reason: string) => void;
}

const defaultStopGraceMs = 15_000;

/**
 * Nest's transport on Kafka: handlers are found by event type (`@EventPattern(events.x.type)`), called in order per key, and what
 * they return is published before the offset counts as finished (I1). Failures go where their disposition says.
 */
export class KafkaTransport extends Server implements CustomTransportStrategy {
  /** Failures are acted on here; Nest has nothing to report. */
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumer: GroupConsumer;
  private readonly processor: MessageProcessor;
  private readonly metrics: MessagingMetrics;
  private readonly workers: PartitionWorkers;
  private stoppedBy: string | undefined;

  constructor(private readonly options: KafkaTransportOptions) {
    super();
    this.metrics = options.metrics ?? noMetrics;
    const codec =
      options.codec ??
      (options.registryUrl === undefined ? undefined : new WireCodec(new RegistrySchemaIds(options.registryUrl, options.registryFetch)));
    if (!codec) throw new Error(`transport of group ${options.groupId}: neither a registry nor a codec was given`);
    this.processor = new MessageProcessor({
      group: options.groupId,
      codec,
      publisher: options.publisher,
      metrics: this.metrics,
      log: options.log,
      unhandled: options.unhandled ?? 'skip',
      // Not getHandlerByPattern: it reads every pattern as JSON first, which none of ours is.
      handlerFor: (pattern) => this.messageHandlers.get(pattern) as unknown as Handler | undefined,
    });
    this.workers = new PartitionWorkers({
      ...options,
      processor: this.processor,
      metrics: this.metrics,
      clock: systemClock,
      concurrency: options.concurrency ?? 16,
      onPause: (topic, partition, held) => {
        if (held || this.stoppedBy === undefined) this.consumer.applyPause(topic, partition, held);
      },
      onFinished: () => this.consumer.progressed(),
      onStop: (reason) => this.stopGroup(reason),
    });
    this.consumer = new GroupConsumer({
      ...options,
      topics: this.workers.topics,
      maxInFlight: options.maxInFlight ?? 500,
      metrics: this.metrics,
      coPartitioned: options.ladder !== undefined,
      makeWorker: (topic, partition, mayStart) => this.workers.make(topic, partition, mayStart),
      onLost: (topic, partition) => this.workers.lost(topic, partition),
      dueAt: (message) => this.workers.dueAt(message),
      onUnrecoverable: options.onUnrecoverable ?? exitUnrecoverable,
    });
  }

  listen(callback: (error?: unknown) => void): void {
    // Ready to listen means ready to be asked for health: the brokers may still be away, and the process waits for them.
    void this.consumer.start();
    callback();
  }

  /** Drains and leaves the group. */
  async close(): Promise<void> {
    await this.consumer.stop(this.options.stopGraceMs ?? defaultStopGraceMs);
    this.workers.close();
  }

  on(): void {
    throw new Error('this transport has no events: ask health()');
  }

  unwrap<T>(): T {
    return this.consumer as T;
  }

  /** undefined while messages flow, else a sentence: a health probe. */
  health(): string | undefined {
    if (this.stoppedBy !== undefined) return this.stoppedBy;
    return this.consumer.health();
  }

  /** Why the target is left alone, where all partitions have one (`scope: consumer`); undefined: it answers. */
  get breakerFailure(): BreakerFailure | undefined {
    return this.workers.breakerFailure;
  }

  /** Partitions that wait for their target, as `topic/partition`. */
  get pausedPartitions(): string[] {
    return this.consumer.pausedPartitions;
  }

  /** So many rejects mean that we are wrong and not the messages: nothing more is taken until a person restarts the process. */
  private stopGroup(reason: string): void {
    if (this.stoppedBy !== undefined) return;
    this.stoppedBy = reason;
    this.options.log?.('error', this.stoppedBy, {});
    void this.consumer.stop(this.options.stopGraceMs ?? defaultStopGraceMs);
  }
}

function exitUnrecoverable(reason: string): void {
  process.stderr.write(`${JSON.stringify({ level: 'fatal', msg: `the Kafka consumer could not be kept alive: ${reason}` })}\n`);
  process.exit(70);
}
