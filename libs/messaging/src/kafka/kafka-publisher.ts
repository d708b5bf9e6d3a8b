import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { largestRecordBytes } from '@tributary/contracts';
import { errorCodeOf } from '@tributary/domain';
import { encodedMessage } from '../envelope.js';
import { MessageTooLargeError, PublishTimeoutError } from '../errors.js';
import { ByteBudget } from '../partition-send-queue.js';
import type { EncodedMessage } from '../partition-send-queue.js';
import { connectionProblem } from '@tributary/platform';
import type { Outgoing, Publisher, PublishOptions, RawRecord } from '../message.js';
import { noMetrics } from '../metrics.js';
import type { MessagingMetrics } from '../metrics.js';
import { RegistrySchemaIds } from '../schema-ids.js';
import { WireCodec } from '../wire-codec.js';
import { BrokerPing } from './broker-ping.js';
import { missingRight, refusal } from './client-errors.js';
import type { KafkaConnection } from './kafka-client.js';
import { MessageEncoder } from './message-encoder.js';
import type { AddressedMessage } from './message-encoder.js';
import { PublisherHealth } from './publisher-health.js';
import { ReplaceableProducer } from './replaceable-producer.js';
import { resendDelayMs, SendQueues, sleep } from './send-queues.js';
import { TopicPartitions } from './topic-partitions.js';

/** Options of {@link KafkaPublisher}. */
export interface KafkaPublisherOptions extends KafkaConnection {
  readonly registryUrl?: string;
  readonly codec?: WireCodec;
  readonly metrics?: MessagingMetrics;
  /** Bytes that may wait for the broker; then callers wait. Default 32 MiB. */
  readonly maxQueuedBytes?: number;
  /** Largest encoded message. Default 1,000,000, below the broker's 1,048,588. Raw records may always have {@link largestRecordBytes}. */
  readonly maxMessageBytes?: number;
  /** Not healthy when something waits longer than this without any success, or no broker answers anything so long. Default 10 s. */
  readonly unhealthyAfterMs?: number;
}

const defaultMaxQueuedBytes = 32 * 1024 * 1024;
const defaultMaxMessageBytes = 1_000_000;
const defaultUnhealthyAfterMs = 10_000;

const tracer = trace.getTracer('@tributary/messaging');

/**
 * Publishes through one send queue per partition: coalesced, idempotent, one unfinished send each, identical batches re-sent until the broker
 * has them (docs/reference/kafkajs.md, section 2). At least once: consumers drop repeats by event id.
 */
export class KafkaPublisher implements Publisher {
  private readonly budget: ByteBudget;
  private readonly metrics: MessagingMetrics;
  private readonly encoder: MessageEncoder;
  private readonly partitions: TopicPartitions;
  private readonly producer: ReplaceableProducer;
  private readonly queues: SendQueues;
  private readonly ping: BrokerPing;
  private readonly state: PublisherHealth;
  private closed = false;
  private telling = false;

  constructor(private readonly options: KafkaPublisherOptions) {
    const { clientId, registryUrl } = options;
    this.budget = new ByteBudget(options.maxQueuedBytes ?? defaultMaxQueuedBytes);
    this.metrics = options.metrics ?? noMetrics;
    const codec =
      options.codec ?? (registryUrl === undefined ? undefined : new WireCodec(new RegistrySchemaIds(registryUrl, options.registryFetch)));
    this.encoder = new MessageEncoder(clientId, codec, this.metrics, options.seals);
    this.ping = new BrokerPing(options);
    this.state = new PublisherHealth(options.brokers, this.ping, options.unhealthyAfterMs ?? defaultUnhealthyAfterMs);
    const onProblem = (problem: string): void => void (this.state.lastProblem = problem);
    this.partitions = new TopicPartitions(options, onProblem);
    this.producer = new ReplaceableProducer({
      ...options,
      metrics: this.metrics,
      onConnected: () => {
        this.state.connected();
        this.ping.start();
      },
    });
    this.queues = new SendQueues({ clientId, metrics: this.metrics, partitions: this.partitions, producer: this.producer, onProblem });
  }

  /**
   * Starts connecting; resolves once a broker answered. Publishing before that waits.
   * @throws {KafkaRightMissingError} when the broker refuses because of rights; everything else is tried again without end.
   */
  async connect(): Promise<void> {
    for (let attempt = 1; !this.closed; attempt += 1) {
      try {
        await this.producer.current();
        return;
      } catch (error) {
        const problem = (this.state.lastProblem = connectionProblem(error));
        const refused = missingRight(error, this.options.clientId, this.options.brokers);
        if (refused) throw refused;
        this.options.log?.('warn', `connecting to Kafka at ${this.options.brokers.join(',')}: ${problem}; trying again`, {});
        await sleep(resendDelayMs(attempt));
      }
    }
  }

  /**
   * Resolves when every message is durable (acks=all).
   * @throws {MessageTooLargeError | UnencodableMessageError} for a message that can never be written; the others are written.
   * @throws {PublishTimeoutError} after `deadlineMs`: nothing is known, the messages may still be written.
   */
  publish(messages: readonly Outgoing[], { deadlineMs }: PublishOptions = {}): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    const span = tracer.startSpan('publish', {
      kind: SpanKind.PRODUCER,
      attributes: { 'messaging.system': 'kafka', 'messaging.operation.type': 'send', 'messaging.batch.message_count': messages.length },
    });
    const work = context.with(trace.setSpan(context.active(), span), () =>
      messages.length === 1 ? this.encodeAndSendOne(messages[0] as Outgoing) : this.encodeAndSend(messages),
    );
    return (deadlineMs === undefined ? work : this.within(deadlineMs, work)).then(
      () => span.end(),
      (error: unknown) => {
        span.setStatus({ code: SpanStatusCode.ERROR, message: errorCodeOf(error) });
        span.end();
        throw error;
      },
    );
  }

  /** Writes records that are already bytes, unchanged: dead letters. */
  async publishRaw(records: readonly RawRecord[], options: PublishOptions = {}): Promise<void> {
    const failures: unknown[] = [];
    const all = records.flatMap(({ topic, key, value, headers, partition }) => {
      try {
        return [{ topic, message: encodedMessage(key, value, headers), partition }];
      } catch (error) {
        failures.push(error);
        return [];
      }
    });
    // A dead letter is larger than its message, so the limit for new messages must not apply to it.
    const work = this.sendAll(all, Math.max(this.largestMessage, largestRecordBytes));
    await (options.deadlineMs === undefined ? work : this.within(options.deadlineMs, work));
    if (failures.length > 0) throw failures[0];
  }

  /** undefined while Kafka accepts records, else the reason. */
  health(): string | undefined {
    return this.state.problem();
  }

  /** Waits until nothing is queued, at most `deadlineMs`. @returns whether all of it is durable. */
  async drain(deadlineMs: number): Promise<boolean> {
    const until = Date.now() + deadlineMs;
    while (this.state.waiting > 0 && Date.now() < until) await sleep(20);
    return this.state.waiting === 0;
  }

  /** Drain first: a producer that is disconnected with unfinished sends writes later all the same (section 2.8). */
  async close(): Promise<void> {
    this.closed = true;
    this.partitions.close();
    await this.ping.close();
    await this.producer.close();
  }

  private async encodeAndSend(messages: readonly Outgoing[]): Promise<void> {
    const { encoded, failures } = await this.encoder.encodeAll(messages);
    await this.sendAll(encoded);
    if (failures.length > 0) throw failures[0];
  }

  /** Without a registry one message reaches its send queue in the same turn. */
  private encodeAndSendOne(message: Outgoing): Promise<void> {
    let encoded: AddressedMessage | undefined;
    try {
      encoded = this.encoder.encodeNow(message);
    } catch (error) {
      return Promise.reject(error as Error);
    }
    return encoded ? this.sendOne(encoded.topic, encoded.message, this.largestMessage, encoded.partition) : this.encodeAndSend([message]);
  }

  private get largestMessage(): number {
    return this.options.maxMessageBytes ?? defaultMaxMessageBytes;
  }

  private async sendAll(records: readonly AddressedMessage[], largest = this.largestMessage): Promise<void> {
    const results = await Promise.allSettled(
      records.map(({ topic, message, partition }) => this.sendOne(topic, message, largest, partition)),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** One message costs two promises while there is room for it and the partitions of its topic are known: that is the way of every delivery. */
  private sendOne(topic: string, message: EncodedMessage, largest: number, given?: number): Promise<void> {
    if (message.bytes > largest)
      return Promise.reject(
        new MessageTooLargeError(`publishing to ${topic}: the message has ${message.bytes} bytes, the largest one may have ${largest}`, {
          topic,
          bytes: String(message.bytes),
        }),
      );
    return this.budget.take(message.bytes)
      ? this.admitted(topic, message, given)
      : this.budget.acquire(message.bytes).then(() => this.admitted(topic, message, given));
  }

  private admitted(topic: string, message: EncodedMessage, given?: number): Promise<void> {
    this.state.began();
    const partition = given ?? this.partitions.knownPartitionOf(topic, message);
    const sent =
      partition === undefined
        ? this.partitions.partitionOf(topic, message).then((found) => this.queues.of(topic, found).push(message))
        : this.queues.of(topic, partition).push(message);
    return sent.then(
      () => {
        this.state.acknowledged();
        this.ended(message);
      },
      (error: unknown) => {
        this.ended(message);
        throw refusal(error, topic, message.bytes);
      },
    );
  }

  private ended(message: EncodedMessage): void {
    this.state.ended();
    this.budget.release(message.bytes);
    this.tellQueued();
  }

  /** Once for all messages that end in the same turn. */
  private tellQueued(): void {
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => {
      this.telling = false;
      this.metrics.set('producer_queued_bytes', { client: this.options.clientId }, this.budget.inUse);
    });
  }

  private async within(deadlineMs: number, work: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new PublishTimeoutError(
              `publishing: Kafka at ${this.options.brokers.join(',')} took nothing for ${deadlineMs} ms (${this.state.lastProblem})`,
            ),
          ),
        deadlineMs,
      );
    });
    work.catch(() => undefined); // its result is not used after the deadline
    try {
      await Promise.race([work, deadline]);
    } finally {
      clearTimeout(timer);
    }
  }
}
