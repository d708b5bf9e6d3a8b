import { events } from '@tributary/contracts';
import { MessageTooLargeError, outgoing } from '@tributary/messaging';
import type { Publisher } from '@tributary/messaging';
import type { RawFact } from '../decide/raw-fact.js';
import { DeliveryRefusedError } from '../decide/refusal.js';
import { Deadlines } from './deadlines.js';

/** Limits of the producer and what it asks of its surroundings. */
export interface ProducerOptions {
  /** Longest wait for Kafka, milliseconds. */
  readonly deadlineMs: number;
  /** Most bytes of bodies that Kafka has not acknowledged. */
  readonly maxInFlightBytes: number;
  /** A sentence when the publisher knows that Kafka is unavailable, else undefined. */
  problem(): string | undefined;
  /** Milliseconds of a monotonic clock. */
  now(): number;
}

/** While Kafka is unavailable, one delivery per interval is let through as a probe, ms. */
const probeEveryMs = 1_000;

/**
 * Publishes raw facts and waits, within a deadline, until they are durable. The publisher batches facts that arrive together.
 *
 * After the deadline the publisher may still write the fact. Stripe then delivers it again, and the duplicate is recognised by its event
 * id. Answering before the acknowledgement could lose the fact (I1).
 */
export class RawFactProducer {
  private unacknowledgedBytes = 0;
  private timedOut = false;
  private lastProbeAt = Number.NEGATIVE_INFINITY;
  private readonly deadlines: Deadlines;

  constructor(
    private readonly publisher: Pick<Publisher, 'publish'>,
    private readonly options: ProducerOptions,
  ) {
    this.deadlines = new Deadlines(options.deadlineMs);
  }

  /** Bytes of bodies that Kafka has not acknowledged. */
  get inFlightBytes(): number {
    return this.unacknowledgedBytes;
  }

  /** A sentence while Kafka does not acknowledge facts, else undefined. */
  problem(): string | undefined {
    return this.options.problem() ?? (this.timedOut ? `Kafka has taken nothing for ${this.options.deadlineMs} ms` : undefined);
  }

  /**
   * Checks whether another body may be accepted.
   * @throws {DeliveryRefusedError} ingest.busy, ingest.kafka-away
   */
  admit(bytes: number): void {
    if (this.unacknowledgedBytes + bytes > this.options.maxInFlightBytes)
      throw new DeliveryRefusedError('ingest.busy', 'too much is waiting for Kafka; deliver again later');
    if (this.problem() === undefined) return;
    const now = this.options.now();
    if (now - this.lastProbeAt < probeEveryMs) throw kafkaUnavailable();
    this.lastProbeAt = now;
  }

  /**
   * Resolves when the fact is durable: acknowledged by all in-sync replicas.
   * @throws {DeliveryRefusedError} ingest.kafka-away after the deadline, stripe.body-too-large when Kafka can never take it.
   */
  produce(fact: RawFact, body: Buffer): Promise<void> {
    const { key, id, sequence, headers } = fact;
    const message = outgoing({ event: events.stripeEventReceived, key, id, sequence, sourceEventId: id, value: body, headers });
    this.unacknowledgedBytes += body.length;
    return new Promise((resolve, reject) => {
      const deadline = this.deadlines.begin(() => {
        this.timedOut = true;
        reject(kafkaUnavailable());
      });
      // After the deadline the answer settles nothing any more, but it counts.
      this.publisher.publish([message]).then(
        () => {
          this.unacknowledgedBytes -= body.length;
          this.timedOut = false;
          deadline.met();
          resolve();
        },
        (error: unknown) => {
          this.unacknowledgedBytes -= body.length;
          deadline.met();
          reject(refusalOf(error, id));
        },
      );
    });
  }
}

function refusalOf(error: unknown, event: string): DeliveryRefusedError {
  return error instanceof MessageTooLargeError
    ? new DeliveryRefusedError('stripe.body-too-large', 'the event is larger than one Kafka record may be', { event }, { cause: error })
    : kafkaUnavailable(error);
}

function kafkaUnavailable(cause?: unknown): DeliveryRefusedError {
  return new DeliveryRefusedError('ingest.kafka-away', 'the event could not be stored in time; deliver it again later', {}, { cause });
}
