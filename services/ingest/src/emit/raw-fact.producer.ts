import { events } from '@tributary/contracts';
import { MessageTooLargeError, outgoing } from '@tributary/messaging';
import type { Publisher } from '@tributary/messaging';
import type { RawFact } from '../decide/raw-fact.js';
import { DeliveryRefusedError } from '../decide/refusal.js';

export interface ProducerOptions {
  /** Longest wait for Kafka, milliseconds. */
  readonly deadlineMs: number;
  /** Bodies that Kafka has not answered for, bytes. */
  readonly maxInFlightBytes: number;
  /** A sentence when the publisher knows that Kafka is away; undefined while it is there. */
  problem(): string | undefined;
  /** Milliseconds of a monotonic clock. */
  now(): number;
}

/** While Kafka is away, one delivery in so many milliseconds is let through to find out whether it is back. */
const trialEveryMs = 1_000;

/**
 * Makes raw facts durable, within a deadline. The publisher coalesces what arrives together into shared batches.
 *
 * A deadline that passes leaves the fact with the publisher, which may still write it: Stripe then delivers it again and the
 * duplicate is recognised by its event id. The other way round, an answer before the acknowledgement, would lose it (I1).
 */
export class RawFactProducer {
  private heldBytes = 0;
  private silent = false;
  private lastTrialAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly publisher: Pick<Publisher, 'publish'>,
    private readonly options: ProducerOptions,
  ) {}

  /** Bytes that Kafka has not answered for. */
  get inFlightBytes(): number {
    return this.heldBytes;
  }

  /** A sentence while Kafka does not take facts. */
  problem(): string | undefined {
    return this.options.problem() ?? (this.silent ? `Kafka has taken nothing for ${this.options.deadlineMs} ms` : undefined);
  }

  /**
   * Whether another body may come in.
   * @throws {DeliveryRefusedError} ingest.busy, ingest.kafka-away
   */
  admit(bytes: number): void {
    if (this.heldBytes + bytes > this.options.maxInFlightBytes)
      throw new DeliveryRefusedError('ingest.busy', 'too much is waiting for Kafka; deliver again later');
    if (this.problem() === undefined) return;
    const now = this.options.now();
    if (now - this.lastTrialAt < trialEveryMs) throw kafkaAway();
    this.lastTrialAt = now;
  }

  /**
   * Resolves when the fact is durable: acknowledged by all in-sync replicas.
   * @throws {DeliveryRefusedError} ingest.kafka-away after the deadline, stripe.body-too-large when Kafka can never take it.
   */
  async produce(fact: RawFact, body: Buffer): Promise<void> {
    const { key, id, sequence, headers } = fact;
    const message = outgoing({ event: events.stripeEventReceived, key, id, sequence, sourceEventId: id, value: body, headers });
    this.heldBytes += body.length;
    const written = this.publisher.publish([message]).then(
      () => {
        this.heldBytes -= body.length;
        this.silent = false;
      },
      (error: unknown) => {
        this.heldBytes -= body.length;
        throw error;
      },
    );
    try {
      await this.inTime(written);
    } catch (error) {
      if (error instanceof MessageTooLargeError)
        throw new DeliveryRefusedError(
          'stripe.body-too-large',
          'the event is larger than one Kafka record may be',
          { event: id },
          { cause: error },
        );
      throw error instanceof DeliveryRefusedError ? error : kafkaAway(error);
    }
  }

  private inTime(written: Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.silent = true;
        reject(kafkaAway());
      }, this.options.deadlineMs);
      // After the deadline these do nothing: the promise is settled, and the rejection is handled here.
      written.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

function kafkaAway(cause?: unknown): DeliveryRefusedError {
  return new DeliveryRefusedError('ingest.kafka-away', 'the event could not be stored in time; deliver it again later', {}, { cause });
}
