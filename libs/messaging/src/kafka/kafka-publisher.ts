import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Producer } from 'kafkajs';
import { largestRecordBytes } from '@tributary/contracts';
import { encodedMessage, headersOf, topicOf } from '../envelope.js';
import { MessageTooLargeError, PublishTimeoutError, UnencodableMessageError } from '../errors.js';
import { ByteBudget, PartitionSendQueue } from '../partition-send-queue.js';
import type { EncodedMessage } from '../partition-send-queue.js';
import type { Outgoing, Publisher, PublishOptions, RawRecord } from '../message.js';
import { noMetrics } from '../metrics.js';
import type { MessagingMetrics } from '../metrics.js';
import { RegistrySchemaIds, WireCodec } from '../wire-codec.js';
import { BrokerPing } from './broker-ping.js';
import { refusal, textOf } from './client-errors.js';
import type { KafkaConnection } from './kafka-client.js';
import { isFinal, ReplaceableProducer } from './replaceable-producer.js';
import { withSendSpan } from './send-span.js';
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

const maxBatchMessages = 1_000;
const maxBatchBytes = 900_000;
const resendDelaysMs = [200, 500, 1_000, 2_000];

const tracer = trace.getTracer('@tributary/messaging');

/**
 * Publishes through one send queue per partition: coalesced, idempotent, one unfinished send each, identical batches re-sent until the broker
 * has them (docs/reference/kafkajs.md, section 2). At least once: consumers drop repeats by event id.
 */
export class KafkaPublisher implements Publisher {
  private readonly queues = new Map<string, PartitionSendQueue>();
  private readonly budget: ByteBudget;
  private readonly codec: WireCodec | undefined;
  private readonly metrics: MessagingMetrics;
  private readonly partitions: TopicPartitions;
  private readonly producer: ReplaceableProducer;
  private closed = false;
  private lastSuccessAt = Date.now();
  private waiting = 0;
  private waitingSince = 0;
  private lastProblem = 'not connected yet';
  private connectedOnce = false;
  private readonly ping: BrokerPing;

  constructor(private readonly options: KafkaPublisherOptions) {
    this.budget = new ByteBudget(options.maxQueuedBytes ?? 32 * 1024 * 1024);
    this.metrics = options.metrics ?? noMetrics;
    this.ping = new BrokerPing(options);
    this.partitions = new TopicPartitions(options, (problem) => (this.lastProblem = problem));
    this.producer = new ReplaceableProducer({
      ...options,
      metrics: this.metrics,
      onConnected: () => {
        this.connectedOnce = true;
        this.ping.start();
      },
    });
    this.codec =
      options.codec ?? (options.registryUrl === undefined ? undefined : new WireCodec(new RegistrySchemaIds(options.registryUrl)));
  }

  /** Starts connecting; resolves once a broker answered. Publishing before that waits. */
  async connect(): Promise<void> {
    for (let attempt = 0; !this.closed; attempt += 1) {
      try {
        await this.producer.current();
        return;
      } catch (error) {
        this.lastProblem = textOf(error);
        this.options.log?.('warn', `connecting to Kafka at ${this.options.brokers.join(',')}: ${this.lastProblem}; trying again`, {});
        await sleep(resendDelaysMs[Math.min(attempt, resendDelaysMs.length - 1)] as number);
      }
    }
  }

  /**
   * Resolves when every message is durable (acks=all).
   * @throws {MessageTooLargeError | UnencodableMessageError} for a message that can never be written; the others are written.
   * @throws {PublishTimeoutError} after `deadlineMs`: nothing is known, the messages may still be written.
   */
  async publish(messages: readonly Outgoing[], options: PublishOptions = {}): Promise<void> {
    if (messages.length === 0) return;
    const span = tracer.startSpan('publish', {
      kind: SpanKind.PRODUCER,
      attributes: { 'messaging.system': 'kafka', 'messaging.operation.type': 'send', 'messaging.batch.message_count': messages.length },
    });
    try {
      await context.with(trace.setSpan(context.active(), span), async () => {
        await this.within(options.deadlineMs, this.encodeAndSend(messages));
      });
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: textOf(error) });
      throw error;
    } finally {
      span.end();
    }
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
    await this.within(options.deadlineMs, this.sendAll(all, Math.max(this.largestMessage, largestRecordBytes)));
    if (failures.length > 0) throw failures[0];
  }

  /** undefined while Kafka accepts records, else the reason. */
  health(): string | undefined {
    if (!this.connectedOnce) return `Kafka at ${this.options.brokers.join(',')}: ${this.lastProblem}`;
    const limit = this.options.unhealthyAfterMs ?? 10_000;
    const stuckMs = Date.now() - Math.max(this.lastSuccessAt, this.waitingSince);
    if (this.waiting > 0 && stuckMs > limit)
      return `Kafka has taken nothing for ${stuckMs} ms while ${this.waiting} messages wait: ${this.lastProblem}`;
    const silentMs = Date.now() - Math.max(this.lastSuccessAt, this.ping.lastAnswerAt);
    return silentMs > limit
      ? `Kafka at ${this.options.brokers.join(',')} has answered nothing for ${silentMs} ms: ${this.ping.lastProblem ?? 'no answer'}`
      : undefined;
  }

  /** Waits until nothing is queued, at most `deadlineMs`. @returns whether all of it is durable. */
  async drain(deadlineMs: number): Promise<boolean> {
    const until = Date.now() + deadlineMs;
    while (this.waiting > 0 && Date.now() < until) await sleep(20);
    return this.waiting === 0;
  }

  /** Drain first: a producer that is disconnected with unfinished sends writes later all the same (section 2.8). */
  async close(): Promise<void> {
    this.closed = true;
    this.partitions.close();
    await this.ping.close();
    await this.producer.close();
  }

  private async encodeAndSend(messages: readonly Outgoing[]): Promise<void> {
    const encoded = await Promise.allSettled(messages.map((message) => this.encode(message)));
    const failures = encoded.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    // A temporary failure, e.g. of the registry: nothing is sent, and the caller retries everything.
    const passing = failures.find((failure) => !(failure instanceof UnencodableMessageError));
    if (passing !== undefined) throw passing;
    await this.sendAll(encoded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])));
    if (failures.length > 0) throw failures[0];
  }

  private async encode(message: Outgoing): Promise<{ topic: string; message: EncodedMessage }> {
    const topic = topicOf(message);
    if (!this.codec && message.event.record !== undefined)
      throw new Error(`publishing ${message.event.type}: this publisher was given no schema registry`);
    const repaired = (texts: number): void =>
      this.metrics.count('messages_text_repaired_total', { client: this.options.clientId, type: message.event.type }, texts);
    const value = this.codec ? await this.codec.encode(topic, message.event, message.value, repaired) : rawValue(message.value);
    const headers = headersOf(message, `tributary/${this.options.clientId}`, Date.now());
    propagation.inject(context.active(), headers);
    return { topic, message: encodedMessage(Buffer.from(message.key), value, headers) };
  }

  private get largestMessage(): number {
    return this.options.maxMessageBytes ?? 1_000_000;
  }

  private async sendAll(
    records: readonly { topic: string; message: EncodedMessage; partition?: number | undefined }[],
    largest = this.largestMessage,
  ): Promise<void> {
    const results = await Promise.allSettled(
      records.map(({ topic, message, partition }) => this.sendOne(topic, message, largest, partition)),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
  }

  private async sendOne(topic: string, message: EncodedMessage, largest: number, given?: number): Promise<void> {
    if (message.bytes > largest)
      throw new MessageTooLargeError(
        `publishing to ${topic}: the message has ${message.bytes} bytes, the largest one may have ${largest}`,
        { topic, bytes: String(message.bytes) },
      );
    await this.budget.acquire(message.bytes);
    if (this.waiting === 0) this.waitingSince = Date.now();
    this.waiting += 1;
    try {
      const partition = given ?? (await this.partitions.partitionOf(topic, message));
      await this.queueOf(topic, partition)
        .push(message)
        .catch((error: unknown) => {
          throw refusal(error, topic, message.bytes);
        });
      this.lastSuccessAt = Date.now();
    } finally {
      this.waiting -= 1;
      this.budget.release(message.bytes);
      this.metrics.set('producer_queued_bytes', { client: this.options.clientId }, this.budget.inUse);
    }
  }

  private queueOf(topic: string, partition: number): PartitionSendQueue {
    const name = `${topic}/${partition}`;
    let queue = this.queues.get(name);
    if (!queue) {
      let generation = -1;
      queue = new PartitionSendQueue({
        maxMessages: maxBatchMessages,
        maxBytes: maxBatchBytes,
        isFinal,
        send: async (batch, attempt) => {
          const producer = await this.producer.current();
          generation = this.producer.generation;
          await this.send(producer, topic, partition, batch, attempt);
        },
        onResend: async (error, attempt) => {
          this.lastProblem = textOf(error);
          this.metrics.count('producer_resends_total', { client: this.options.clientId });
          await this.producer.afterFailure(generation, error);
          await sleep(resendDelaysMs[Math.min(attempt - 1, resendDelaysMs.length - 1)] as number);
        },
      });
      this.queues.set(name, queue);
    }
    return queue;
  }

  private async send(
    producer: Producer,
    topic: string,
    partition: number,
    batch: readonly EncodedMessage[],
    attempt: number,
  ): Promise<void> {
    const leader = this.partitions.leaderOf(topic, partition);
    const result = await withSendSpan(topic, partition, batch, () =>
      this.producer.requestsOf(producer).send(leader, topic, partition, batch, attempt > 1),
    );
    this.producer.answered();
    // A time here means that the broker took the batch for a repetition: the answer to an earlier try of it was lost, which is what
    // re-sending the identical batch is for. Counted, because without a lost answer it would mean a swallowed record (section 2.4).
    if (result.logAppendTime !== undefined && result.logAppendTime !== '-1') {
      this.metrics.count('producer_duplicate_answers_total', { client: this.options.clientId, attempt: attempt === 1 ? 'first' : 'later' });
    }
  }

  private async within(deadlineMs: number | undefined, work: Promise<void>): Promise<void> {
    if (deadlineMs === undefined) return work;
    let timer: NodeJS.Timeout | undefined;
    const deadline = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () =>
          reject(
            new PublishTimeoutError(
              `publishing: Kafka at ${this.options.brokers.join(',')} took nothing for ${deadlineMs} ms (${this.lastProblem})`,
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

function rawValue(value: unknown): Buffer | null {
  if (value === null) return null;
  const bytes = value as Uint8Array;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
