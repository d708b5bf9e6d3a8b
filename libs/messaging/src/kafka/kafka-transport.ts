import type { CustomTransportStrategy } from '@nestjs/microservices';
import { Server } from '@nestjs/microservices';
import { errorCodeOf } from '@tributary/domain';
import { deadLetterHeaders } from '../envelope.js';
import type { Failure, IncomingMessage } from '../envelope.js';
import { MessageProcessor } from '../message-processor.js';
import type { Handler } from '../message-processor.js';
import { noMetrics } from '../metrics.js';
import type { MessagingMetrics } from '../metrics.js';
import type { Publisher } from '../message.js';
import { PartitionWorker, systemClock } from '../partition-worker.js';
import { defaultRetryPolicy, RejectGuard } from '../retry-policy.js';
import type { RetryPolicy } from '../retry-policy.js';
import { RegistrySchemaIds, WireCodec } from '../wire-codec.js';
import { GroupConsumer } from './group-consumer.js';
import type { KafkaConnection } from './kafka-client.js';

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
  readonly policy?: RetryPolicy;
  readonly unhandled?: 'skip' | 'dead-letter';
  /** More than `maxRejects` dead letters among the last `window` messages stop the group. Default 50 of 100. */
  readonly rejectGuard?: { readonly maxRejects: number; readonly window: number };
  readonly metrics?: MessagingMetrics;
  readonly sessionTimeoutMs?: number;
  readonly timeBoxMs?: number;
  /** How long running handlers may go on at stop. Default 15 s. */
  readonly stopGraceMs?: number;
  /** The consumer could not be kept alive: end the process. Default: exit code 70. */
  readonly onHopeless?: (reason: string) => void;
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
  private readonly guard: RejectGuard;
  private stoppedBy: string | undefined;
  private workers = new Set<PartitionWorker>();

  constructor(private readonly options: KafkaTransportOptions) {
    super();
    this.metrics = options.metrics ?? noMetrics;
    this.guard = new RejectGuard(options.rejectGuard?.maxRejects ?? 50, options.rejectGuard?.window ?? 100);
    const codec =
      options.codec ?? (options.registryUrl === undefined ? undefined : new WireCodec(new RegistrySchemaIds(options.registryUrl)));
    if (!codec) throw new Error(`transport of group ${options.groupId}: neither a registry nor a codec was given`);
    this.processor = new MessageProcessor({
      group: options.groupId,
      codec,
      publisher: options.publisher,
      metrics: this.metrics,
      unhandled: options.unhandled ?? 'skip',
      handlerFor: (pattern) => (this.getHandlerByPattern(pattern) as unknown as Handler | null) ?? undefined,
    });
    this.consumer = new GroupConsumer({
      ...options,
      maxInFlight: options.maxInFlight ?? 500,
      metrics: this.metrics,
      makeWorker: (topic, partition) => this.makeWorker(topic, partition),
      onHopeless: options.onHopeless ?? hopeless,
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

  /** Partitions that wait for their target, as `topic/partition`. */
  get heldPartitions(): string[] {
    return this.consumer.heldPartitions;
  }

  private makeWorker(topic: string, partition: number): PartitionWorker {
    const { groupId } = this.options;
    const worker: PartitionWorker = new PartitionWorker({
      concurrency: this.options.concurrency ?? 16,
      policy: this.options.policy ?? defaultRetryPolicy,
      clock: systemClock,
      process: (message, attempt, signal) => this.processor.process(message, attempt, signal),
      deadLetter: (message, failure) => this.deadLetter(message, failure),
      onHold: (held, error) => {
        if (held) {
          this.metrics.count('partition_holds_total', { group: groupId, code: errorCodeOf(error) });
          this.options.log?.('warn', `${topic}/${partition} is held: ${error instanceof Error ? error.message : String(error)}`, {
            code: errorCodeOf(error),
          });
        }
        if (held || this.stoppedBy === undefined) this.consumer.applyPause(topic, partition, held);
      },
      onRetry: (message, error, inMs) => {
        this.metrics.count('messages_retried_total', { group: groupId, code: errorCodeOf(error) });
        this.options.log?.(
          'warn',
          `${topic}/${partition}/${message.offset} is tried again in ${inMs} ms: ${error instanceof Error ? error.message : String(error)}`,
          { code: errorCodeOf(error) },
        );
      },
      onFinished: (_message, rejected) => {
        this.consumer.progressed();
        if (this.guard.record(rejected)) this.stopGroup();
      },
    });
    this.workers.add(worker);
    return worker;
  }

  private async deadLetter(message: IncomingMessage, failure: Failure): Promise<void> {
    const { groupId, publisher } = this.options;
    const topic = `${message.topic}.${groupId}.dlq`;
    await publisher.publishRaw([{ topic, key: message.key, value: message.value, headers: deadLetterHeaders(message, groupId, failure) }]);
    this.metrics.count('messages_dead_lettered_total', { group: groupId, code: failure.code });
    this.options.log?.(
      'error',
      `${message.topic}/${message.partition}/${message.offset} went to ${topic} after ${failure.attempts} attempts: ${failure.code}: ${failure.text}`,
      { ...failure.context },
    );
  }

  /** So many rejects mean that we are wrong and not the messages: nothing more is taken until a person restarts the process. */
  private stopGroup(): void {
    if (this.stoppedBy !== undefined) return;
    const { maxRejects, window } = this.options.rejectGuard ?? { maxRejects: 50, window: 100 };
    this.stoppedBy = `group ${this.options.groupId} stopped itself: more than ${maxRejects} of the last ${window} messages were dead-lettered. Mend the cause, replay the dead letters, restart`;
    this.options.log?.('error', this.stoppedBy, {});
    void this.consumer.stop(this.options.stopGraceMs ?? defaultStopGraceMs);
  }
}

function hopeless(reason: string): void {
  process.stderr.write(`${JSON.stringify({ level: 'fatal', msg: `the Kafka consumer could not be kept alive: ${reason}` })}\n`);
  process.exit(70);
}
