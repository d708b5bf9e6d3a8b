import { context, propagation } from '@opentelemetry/api';
import { encodedMessage, headersOf, topicOf } from '../envelope.js';
import type { IncomingMessage } from '../envelope.js';
import type { Outgoing, Publisher, RawRecord } from '../message.js';
import { InMemorySchemaIds } from '../schema-ids.js';
import { WireCodec } from '../wire-codec.js';

type Listener = (message: IncomingMessage) => void;

/** Topics in memory with Kafka's semantics: partitions by key, offsets, committed offsets per group. For handler tests. */
export class InMemoryBroker {
  private readonly logs = new Map<string, IncomingMessage[][]>();
  private readonly committed = new Map<string, bigint>();
  private readonly listeners = new Map<string, Set<Listener>>();

  constructor(readonly partitions = 3) {}

  append(topic: string, record: Omit<RawRecord, 'topic'>): IncomingMessage {
    const log = this.log(topic);
    const partition = record.partition ?? (record.key ? partitionFor(record.key, this.partitions) : 0);
    const messages = log[partition] as IncomingMessage[];
    const message: IncomingMessage = {
      topic,
      partition,
      offset: BigInt(messages.length),
      key: record.key,
      value: record.value,
      headers: record.headers,
      timestamp: messages.length,
    };
    messages.push(message);
    for (const listener of this.listeners.get(topic) ?? []) listener(message);
    return message;
  }

  /** All messages of a topic, by partition and offset. */
  read(topic: string): IncomingMessage[] {
    return this.log(topic).flat();
  }

  /** Everything of one partition from an offset on. */
  from(topic: string, partition: number, offset: bigint): IncomingMessage[] {
    return (this.log(topic)[partition] ?? []).slice(Number(offset));
  }

  commit(group: string, topic: string, partition: number, offset: bigint): void {
    this.committed.set(`${group}/${topic}/${partition}`, offset);
  }

  committedOf(group: string, topic: string, partition: number): bigint {
    return this.committed.get(`${group}/${topic}/${partition}`) ?? 0n;
  }

  subscribe(topic: string, listener: Listener): () => void {
    const listeners = this.listeners.get(topic) ?? new Set();
    listeners.add(listener);
    this.listeners.set(topic, listeners);
    return () => listeners.delete(listener);
  }

  private log(topic: string): IncomingMessage[][] {
    let log = this.logs.get(topic);
    if (!log) {
      log = Array.from({ length: this.partitions }, () => []);
      this.logs.set(topic, log);
    }
    return log;
  }
}

function partitionFor(key: Buffer, partitions: number): number {
  let hash = 2_166_136_261;
  for (const byte of key) hash = Math.imul(hash ^ byte, 16_777_619) >>> 0;
  return hash % partitions;
}

/** Publishes into an {@link InMemoryBroker}, through the same codec and headers as to Kafka. */
export class InMemoryPublisher implements Publisher {
  constructor(
    private readonly broker: InMemoryBroker,
    readonly codec = new WireCodec(new InMemorySchemaIds()),
    private readonly source = 'tributary/test',
    private readonly now: () => number = () => 0,
  ) {}

  async publish(messages: readonly Outgoing[]): Promise<void> {
    const records = await Promise.all(
      messages.map(async (message) => {
        const topic = topicOf(message);
        const value = await this.codec.encode(topic, message.event, message.value);
        const headers = headersOf(message, this.source, this.now());
        propagation.inject(context.active(), headers);
        return { topic, ...encodedMessage(Buffer.from(message.key), value, headers) };
      }),
    );
    await this.publishRaw(records);
  }

  async publishRaw(records: readonly RawRecord[]): Promise<void> {
    for (const { topic, ...record } of records) this.broker.append(topic, record);
  }
}
