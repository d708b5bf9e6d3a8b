import type { Producer, RecordMetadata } from 'kafkajs';
import type { EncodedMessage } from '../partition-send-queue.js';
import { NotWrittenError } from './client-errors.js';

/** One batch of one send queue. */
interface Part {
  readonly topic: string;
  readonly partition: number;
  readonly batch: readonly EncodedMessage[];
  resolve(result: RecordMetadata): void;
  reject(error: unknown): void;
}

/** The requests to one leader, while there is one. */
interface Leader {
  waiting: readonly Part[];
  /** Lanes that wait for the next request to be made. */
  turns: (() => void)[];
}

/** Options of {@link ProduceRequests}. */
export interface ProduceRequestsOptions {
  readonly timeoutMs: number;
  /** Whether an error means that a batch can never be written. It may concern one part only. */
  isFinal(error: unknown): boolean;
}

/** The client groups messages in quadratic time (docs/reference/kafkajs.md, 2.9). */
const maxRequestMessages = 1_000;
const maxRequestBytes = 4_000_000;

/**
 * Combines the batches of one producer's send queues into as few requests as possible: an idempotent producer has one request per broker
 * in flight whatever its settings (docs/reference/kafkajs.md, 2.5), so queues that each send on their own wait for each other.
 *
 * Batches stay identical: after a failure each part is sent alone, so that a failing partition delays no other and
 * an error that is final is final for the right one.
 */
export class ProduceRequests {
  private readonly leaders = new Map<number, Leader>();

  constructor(
    private readonly producer: Pick<Producer, 'sendBatch'>,
    private readonly options: ProduceRequestsOptions,
  ) {}

  /**
   * @param leader the broker it goes to, as far as known; parts of different leaders are never in one request (section 2.2).
   * @param alone not together with others: it failed before.
   * @returns the broker's result for this part.
   * @throws {NotWrittenError} when its answer does not name this part as written; whatever the client throws.
   */
  send(leader: number, topic: string, partition: number, batch: readonly EncodedMessage[], alone: boolean): Promise<RecordMetadata> {
    return new Promise((resolve, reject) => {
      const part: Part = { topic, partition, batch, resolve, reject };
      if (alone) return void this.deliver([part]);
      const open = this.leaders.get(leader);
      if (open) open.waiting = [...open.waiting, part];
      else {
        this.leaders.set(leader, { waiting: [part], turns: [] });
        setImmediate(() => void this.pump(leader)); // lanes of one turn come one after the other
      }
    });
  }

  /**
   * Resolves when the next request to a leader is made, at once while there is none. A lane forms its batch then: one that it formed while a request was
   * open would leave out what came until the end of it, so that requests were twice as many and half as full.
   */
  turn(leader: number): Promise<void> {
    const open = this.leaders.get(leader);
    return open ? new Promise((resolve) => void open.turns.push(resolve)) : Promise.resolve();
  }

  private async pump(leader: number): Promise<void> {
    const open = this.leaders.get(leader) as Leader;
    while (open.waiting.length > 0) {
      const parts = taken(open.waiting);
      open.waiting = open.waiting.slice(parts.length);
      await this.deliver(parts);
      await nextTurn(); // whose batch was written may have the next one
      for (const go of open.turns.splice(0)) go();
      await nextTurn();
    }
    this.leaders.delete(leader);
    for (const go of open.turns) go();
  }

  private async deliver(parts: readonly Part[]): Promise<void> {
    try {
      const results = await this.request(parts);
      for (const part of parts) {
        try {
          part.resolve(resultOf(part, results));
        } catch (error) {
          part.reject(error);
        }
      }
    } catch (error) {
      // Final for at least one part; others may even be written. Sending each part alone shows which.
      if (parts.length > 1 && this.options.isFinal(error)) for (const part of parts) await this.deliver([part]);
      else for (const part of parts) part.reject(error);
    }
  }

  /** The client groups parts of one topic. */
  private request(parts: readonly Part[]): Promise<RecordMetadata[]> {
    const topicMessages = parts.map(({ topic, partition, batch }) => ({
      topic,
      messages: batch.map(({ key, value, headers }) => ({ key, value, headers: headers as Record<string, string | Buffer>, partition })), // the client only reads them
    }));
    return this.producer.sendBatch({ acks: -1, timeout: this.options.timeoutMs, topicMessages });
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function taken(queue: readonly Part[]): Part[] {
  let messages = 0;
  let bytes = 0;
  const parts: Part[] = [];
  for (const part of queue) {
    messages += part.batch.length;
    bytes += part.batch.reduce((sum, message) => sum + message.bytes, 0);
    if (parts.length > 0 && (messages > maxRequestMessages || bytes > maxRequestBytes)) break;
    parts.push(part);
  }
  return parts;
}

/** One result for this topic and partition that says so: anything else is "not written" (rule 2; sections 2.2, 2.3). */
function resultOf({ topic, partition }: Pick<Part, 'topic' | 'partition'>, results: readonly RecordMetadata[]): RecordMetadata {
  const own = results.filter((result) => result.topicName === topic && result.partition === partition);
  const [result] = own;
  if (own.length === 1 && result?.errorCode === 0) return result;
  const named = results.map((each) => [each.topicName, each.partition, each.errorCode]);
  throw new NotWrittenError(`sending to ${topic}/${partition}: the broker's answer names ${JSON.stringify(named)}`);
}
