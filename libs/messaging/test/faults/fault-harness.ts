import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { events } from '@tributary/contracts';
import type { ISocketFactory } from 'kafkajs';
import { textHeaders } from '../../src/envelope.js';
import type { IncomingMessage } from '../../src/envelope.js';
import type { MessageContext, Outgoing, Publisher } from '../../src/message.js';
import type { MessagingMetrics } from '../../src/metrics.js';
import type { RetryPolicy } from '../../src/retry-policy.js';
import { InMemorySchemaIds } from '../../src/schema-ids.js';
import { WireCodec } from '../../src/wire-codec.js';
import { kafkaClient } from '../../src/kafka/kafka-client.js';
import { KafkaTransport } from '../../src/kafka/kafka-transport.js';
import type { KafkaTransportOptions } from '../../src/kafka/kafka-transport.js';
import { withAdmin } from '../../src/kafka/topic-admin.js';

/** What the fault cases share: cut sockets, load that knows what was acknowledged, readers. Not part of the library. */
export const codec = new WireCodec(new InMemorySchemaIds());

const produceApiKey = 0;
const apiKeyAt = 4; // behind the four bytes of length
const correlationAt = 8; // behind key and version
const topicLengthAt = 12; // of an answer: behind length, correlation id and the count of topics

/** Sockets whose every n-th produce request is written by the broker and never answered: the connection breaks instead. */
export class AnswerCutter {
  /** 0: nothing is cut. */
  every = 0;
  cuts = 0;
  private produces = 0;

  readonly socketFactory: ISocketFactory = ({ host, port, onConnect }) => {
    const socket: Socket = connect({ host, port }, onConnect);
    let cutNext = false;
    const { write, emit } = socket;
    socket.write = ((chunk: Buffer | string, ...rest: unknown[]) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'binary') : chunk;
      if (bytes.length > apiKeyAt + 2 && bytes.readInt16BE(apiKeyAt) === produceApiKey) {
        this.produces += 1;
        cutNext = this.every > 0 && this.produces % this.every === 0;
      }
      return (write as (...all: unknown[]) => boolean).call(socket, chunk, ...rest);
    }) as Socket['write'];
    socket.emit = ((event: string, ...rest: unknown[]) => {
      if (event === 'data' && cutNext) {
        this.cuts += 1;
        socket.destroy(new Error('the answer was cut off'));
        return true;
      }
      return (emit as (...all: unknown[]) => boolean).call(socket, event, ...rest);
    }) as Socket['emit'];
    return socket;
  };
}

/** Sockets whose next produce answers say another error than the broker did: what was written is said not to be. */
export class AnswerForger {
  /** Error codes of the next answers, in order; nothing left: answers pass as they are. */
  codes: number[] = [];
  forged = 0;

  readonly socketFactory: ISocketFactory = ({ host, port, onConnect }) => {
    const socket: Socket = connect({ host, port }, onConnect);
    const correlations = new Set<number>();
    const { write, emit } = socket;
    socket.write = ((chunk: Buffer | string, ...rest: unknown[]) => {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, 'binary') : chunk;
      if (bytes.length > correlationAt + 4 && bytes.readInt16BE(apiKeyAt) === produceApiKey)
        correlations.add(bytes.readInt32BE(correlationAt));
      return (write as (...all: unknown[]) => boolean).call(socket, chunk, ...rest);
    }) as Socket['write'];
    socket.emit = ((event: string, ...rest: unknown[]) => {
      const [chunk] = rest;
      // An answer of a single partition is far smaller than a segment, so it is in one piece.
      if (event === 'data' && Buffer.isBuffer(chunk) && correlations.delete(chunk.readInt32BE(4))) {
        const code = this.codes.shift();
        if (code !== undefined) {
          const topicLength = chunk.readInt16BE(topicLengthAt);
          chunk.writeInt16BE(code, topicLengthAt + 2 + topicLength + 4 + 4); // behind the count of partitions and the partition
          this.forged += 1;
        }
      }
      return (emit as (...all: unknown[]) => boolean).call(socket, event, ...rest);
    }) as Socket['emit'];
    return socket;
  };
}

/** Counters by name, for assertions. */
export class CountedMetrics implements MessagingMetrics {
  readonly counts = new Map<string, number>();
  count(name: string, _labels: object, by = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + by);
  }
  set(): void {
    // gauges are not looked at
  }
}

export function aMessage(topic: string, key: string, text: string): Outgoing {
  return { event: events.stripeEventReceived, topic, key, id: `${key}-${text}`, value: Buffer.from(text) } as Outgoing;
}

/** Publishes without waiting, numbered per key, and remembers what was acknowledged. */
export class Load {
  readonly acknowledged = new Map<string, number[]>();
  readonly failures: unknown[] = [];
  private readonly pending = new Set<Promise<void>>();
  private next = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly publisher: Publisher,
    readonly topic: string,
    readonly keys: readonly string[] = Array.from({ length: 12 }, (_, n) => `k${n}`),
  ) {}

  start(everyMs = 10): void {
    this.timer = setInterval(() => this.round(), everyMs);
  }

  round(): void {
    const number = this.next;
    this.next += 1;
    for (const key of this.keys) {
      const work: Promise<void> = this.publisher
        .publish([aMessage(this.topic, key, String(number))])
        .then(
          () => void this.acknowledged.set(key, [...(this.acknowledged.get(key) ?? []), number]),
          (error: unknown) => void this.failures.push(error),
        )
        .finally(() => this.pending.delete(work));
      this.pending.add(work);
    }
  }

  get acknowledgedCount(): number {
    return [...this.acknowledged.values()].reduce((sum, numbers) => sum + numbers.length, 0);
  }

  /** Stops and waits until everything is answered. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.pending);
  }

  /** What the log has: per key its numbers as they stand there. */
  async inLog(brokers: readonly string[]): Promise<Map<string, number[]>> {
    const log = new Map<string, number[]>();
    for (const { key, value } of await readTopic(brokers, this.topic)) {
      const name = key?.toString() ?? '';
      log.set(name, [...(log.get(name) ?? []), Number(value?.toString())]);
    }
    return log;
  }

  /** Every number of every key once and in order. */
  get expected(): Map<string, number[]> {
    const numbers = Array.from({ length: this.next }, (_, n) => n);
    return new Map(this.keys.map((key) => [key, numbers]));
  }
}

/** A map of lists, comparable. */
export function sorted(map: ReadonlyMap<string, readonly number[]>): [string, readonly number[]][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

export type Handle = (text: string, context: MessageContext) => unknown;
export const quick: RetryPolicy = { delaysMs: [20, 40], maxAttempts: 3, maxAgeMs: 60_000, pauseDelaysMs: [200] };

/** A member of a group with one handler, without Nest's module machinery. */
export function member(options: Omit<KafkaTransportOptions, 'clientId' | 'codec'>, handle: Handle): KafkaTransport {
  const transport = new KafkaTransport({ clientId: 'fault-test', codec, policy: quick, stopGraceMs: 2_000, ...options });
  transport.addHandler(
    events.stripeEventReceived.type,
    (async (value: Buffer, context: MessageContext) => handle(value.toString(), context)) as never,
    true,
  );
  transport.listen(() => undefined);
  return transport;
}

export function textOf(record: IncomingMessage, header: string): string | undefined {
  return textHeaders(record.headers)[header];
}

/** Offset that the group would go on at, per partition with any. */
export async function committedOffsets(brokers: readonly string[], groupId: string, topic: string): Promise<Map<number, bigint>> {
  const offsets = await withAdmin({ brokers, clientId: 'reader' }, (admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
  return new Map(
    offsets.flatMap(({ partitions }) =>
      partitions.filter(({ offset }) => Number(offset) > 0).map(({ partition, offset }) => [partition, BigInt(offset)] as const),
    ),
  );
}

export async function committedSum(brokers: readonly string[], groupId: string, topic: string): Promise<number> {
  return [...(await committedOffsets(brokers, groupId, topic)).values()].reduce((sum, offset) => sum + Number(offset), 0);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

const leaderTries = 50;

/** Ends of a topic's partitions. Partitions of a new topic may not have a leader yet, so it asks again. */
async function endsOf(brokers: readonly string[], topic: string): Promise<{ high: string; low: string }[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withAdmin({ brokers, clientId: 'reader' }, (admin) => admin.fetchTopicOffsets(topic));
    } catch (error) {
      if ((error as { type?: string }).type !== 'NOT_LEADER_FOR_PARTITION' || attempt === leaderTries) throw error;
      await sleep(100);
    }
  }
}

/** Every record of a topic, read by a group of its own up to the end it has now. */
export async function readTopic(brokers: readonly string[], topic: string): Promise<IncomingMessage[]> {
  const ends = await endsOf(brokers, topic);
  const wanted = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  if (wanted === 0) return [];
  const consumer = kafkaClient({ brokers, clientId: 'reader' }).consumer({ groupId: `reader-${randomUUID()}`, maxWaitTimeInMs: 100 });
  const records: IncomingMessage[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise<void>((resolve) => {
    void consumer.run({
      eachMessage: async ({ partition, message }) => {
        records.push({
          topic,
          partition,
          offset: BigInt(message.offset),
          key: message.key,
          value: message.value,
          headers: message.headers ?? {},
          timestamp: Number(message.timestamp),
        });
        if (records.length === wanted) resolve();
      },
    });
  });
  await consumer.disconnect();
  return records.sort((a, b) => a.partition - b.partition || Number(a.offset - b.offset));
}
