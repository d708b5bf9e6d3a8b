import type { Producer } from 'kafkajs';
import type { MessagingMetrics } from '../metrics.js';
import { textOf, typeOf } from './client-errors.js';
import { kafkaClient, libraryRetry, metadataMaxAgeMs, Partitioners } from './kafka-client.js';
import type { KafkaConnection } from './kafka-client.js';
import { ProduceRequests } from './produce-requests.js';

const produceTimeoutMs = 10_000; // below the request timeout
/** Requests in a row without an answer after which the producer is replaced. */
const maxTimeoutsInRow = 2;

/** The producer object is useless after these; a new one with a new producer id is made (section 2.4). */
const fatalTypes = new Set([
  'OUT_OF_ORDER_SEQUENCE_NUMBER',
  'UNKNOWN_PRODUCER_ID',
  'INVALID_PRODUCER_EPOCH',
  'INVALID_PRODUCER_ID_MAPPING',
  'PRODUCER_FENCED',
]);
/** A record that is refused with one of these is never written, whatever is tried (section 2.6). */
const finalTypes = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'TOPIC_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
]);

/** Whether the broker will never take this batch. A TypeError is not final: keys, values and headers were checked before. */
export const isFinal = (error: unknown): boolean => finalTypes.has(typeOf(error));

/** The surroundings of {@link ReplaceableProducer}. */
export interface ReplaceableProducerOptions extends KafkaConnection {
  readonly metrics: MessagingMetrics;
  /** A producer has connected. */
  onConnected(): void;
}

/** The client's idempotent producer, replaced by a new one where it can no longer write. */
export class ReplaceableProducer {
  private producer: Promise<Producer> | undefined;
  private readonly requestsOfProducers = new WeakMap<Producer, ProduceRequests>();
  private timeoutsInRow = 0;
  /** Counts replacements. */
  generation = 0;

  constructor(private readonly options: ReplaceableProducerOptions) {}

  /** The producer, connected. A failure to connect is forgotten, so that the next caller tries again. */
  current(): Promise<Producer> {
    this.producer ??= this.make();
    const made = this.producer;
    made.catch(() => {
      if (this.producer === made) this.producer = undefined;
    });
    return made;
  }

  /** The requests of one producer: batches of different queues that go to one broker share a request. */
  requestsOf(producer: Producer): ProduceRequests {
    let requests = this.requestsOfProducers.get(producer);
    if (!requests) {
      requests = new ProduceRequests(producer, { timeoutMs: produceTimeoutMs, isFinal });
      this.requestsOfProducers.set(producer, requests);
    }
    return requests;
  }

  /** A send was answered. */
  answered(): void {
    this.timeoutsInRow = 0;
  }

  /** Replaces the producer of that generation if it is useless after this error, or has not answered twice in a row. */
  async afterFailure(generation: number, error: unknown): Promise<void> {
    if (fatalTypes.has(typeOf(error)) || this.timeoutsInRow >= maxTimeoutsInRow) await this.replace(generation, error);
  }

  /** Disconnects it. Unfinished sends are still written later (section 2.8). */
  async close(): Promise<void> {
    const producer = await this.producer?.catch(() => undefined);
    await producer?.disconnect();
  }

  private async make(): Promise<Producer> {
    const producer = kafkaClient(this.options).producer({
      idempotent: true,
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      metadataMaxAge: metadataMaxAgeMs,
      maxInFlightRequests: 5,
      retry: libraryRetry,
    });
    producer.on('producer.network.request_timeout', () => {
      this.timeoutsInRow += 1;
    });
    await producer.connect();
    this.options.onConnected();
    return producer;
  }

  /** Throws the producer of that generation away; a second caller of the same generation finds it done. */
  private async replace(generation: number, error: unknown): Promise<void> {
    if (generation !== this.generation) return;
    this.generation += 1;
    this.timeoutsInRow = 0;
    const old = this.producer;
    this.producer = undefined;
    this.options.metrics.count('producer_replaced_total', { client: this.options.clientId });
    this.options.log?.('warn', `the Kafka producer is replaced: ${textOf(error)}`, {});
    // Not awaited: a frozen broker would hold it. Its unfinished sends can only repeat what the new one sends, and repeats are dropped by id.
    void old?.then((producer) => producer.disconnect()).catch(() => undefined);
  }
}
