import { Controller, Inject, Logger, Optional } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { headers, topics } from '@tributary/contracts';
import { dispositionOf, errorCodeOf } from '@tributary/domain';
import type { MessageContext, MessageSeals } from '@tributary/messaging';
import { deadLetterPattern } from '@tributary/messaging';
import { moneyAtRisk } from '../decide/letter.js';
import { storableTime } from '../../shared/decide/storable-text.js';
import { DeadLetterRecorder } from '../emit/dead-letter.recorder.js';
import type { DeadLetterRecord } from '../emit/dead-letter.recorder.js';
import { MESSAGE_SEALS } from '../emit/sealed-replay.js';
import { PayloadReader } from '../emit/payload.reader.js';
import { EventRepository } from '../../intake/emit/event.repository.js';
import { reconGroup } from '../../recon.topics.js';
import { deliveryOf } from '../../intake/accept/delivery.js';

/** Error code of a dead letter of which only its position and its bytes could be recorded. */
const unreadable = 'recon.dead-letter-unreadable';

/** Consumes every dead letter topic, including recon's own. Records which event a letter stops, why, and everything that a replay needs. */
@Controller()
export class DeadLetterConsumer {
  private readonly logger = new Logger(DeadLetterConsumer.name);

  constructor(
    @Inject(DeadLetterRecorder) private readonly recorder: DeadLetterRecorder,
    @Inject(PayloadReader) private readonly reader: PayloadReader,
    @Inject(EventRepository) private readonly events: EventRepository,
    @Optional() @Inject(MESSAGE_SEALS) private readonly seals?: MessageSeals,
  ) {}

  /**
   * A letter that cannot be recorded in full is recorded with only its position and its bytes. Failing here would write another dead letter
   * about it, and another about that one, without end.
   */
  @EventPattern<string>(deadLetterPattern)
  async onDeadLetter(@Payload() bytes: Buffer, @Ctx() context: MessageContext): Promise<void> {
    try {
      await this.record(bytes, context);
    } catch (error) {
      if (dispositionOf(error) !== 'reject') throw error;
      const text = `recording this dead letter failed: ${errorCodeOf(error)}: ${error instanceof Error ? error.message : String(error)}`;
      this.logger.error(`${context.topic}/${context.partition}/${context.offset}: ${text}`);
      await this.recorder.recordLetter(bareLetter(bytes, context, text));
    }
  }

  private async record(bytes: Buffer, context: MessageContext): Promise<void> {
    const letter = letterOf(bytes, context);
    const { value } = await this.reader.read(letter.eventType, bytes);
    await this.recordUncountedDelivery(bytes, letter);
    await this.recorder.recordLetter({ ...letter, money: moneyAtRisk(value) });
  }

  /** Counts a delivery that recon itself could not read when it arrived, so that the counts add up (I2); never one that Stripe did not send. */
  private async recordUncountedDelivery(bytes: Buffer, letter: DeadLetterRecord): Promise<void> {
    const { source, messageId, headers: received, eventType, key } = letter;
    if (this.seals?.problem(eventType ?? '', { key, value: bytes, headers: received }, letter.deadAt.getTime())) return;
    if (source.group !== reconGroup || source.topic !== topics.stripeEvents || source.partition < 0 || source.offset < 0n) return;
    await this.events.recordDelivery(
      deliveryOf(bytes, { partition: source.partition, offset: source.offset, key, eventId: messageId, headers: received }),
    );
  }
}

function letterOf(bytes: Buffer, context: MessageContext): DeadLetterRecord {
  const { topic, partition, offset } = context;
  const header = (name: string): string | undefined => context.headers[name];
  const messageId = context.eventId || `${topic}/${partition}/${offset}`;
  const source = {
    group: header(headers.consumerGroup) ?? '',
    topic: header(headers.originalTopic) ?? '',
    partition: smallNumber(header(headers.originalPartition)) ?? -1,
    // A letter that does not name the position of its message is recorded under its own position (a negative offset), and cannot be
    // replayed.
    offset: wholeNumber(header(headers.originalOffset)) ?? -1n - offset,
  };
  return {
    topic,
    partition,
    offset,
    // A raw fact is its own source event; messages derived from it name it in a header.
    eventId: context.sourceEventId || messageId,
    messageId,
    code: header(headers.errorCode) ?? 'unknown',
    text: header(headers.errorText) ?? null,
    deadAt: timeOf(header(headers.lastFailureAt)) ?? new Date(),
    firstFailureAt: timeOf(header(headers.firstFailureAt)) ?? null,
    attempts: smallNumber(header(headers.attempts)) || null,
    held: header(headers.disposition) === 'hold',
    source,
    // A message with neither a sequence header nor a key is a sequence of its own.
    sequence: context.sequence || `offset:${source.offset}`,
    // `context.eventType` is the routing pattern of dead letters; the type of the message itself is in its header.
    eventType: header(headers.type) ?? null,
    key: context.key,
    value: bytes,
    headers: context.headers,
    money: undefined,
  };
}

/** A letter made only of values that are always valid: the position of the record and its bytes. */
function bareLetter(bytes: Buffer, { topic, partition, offset }: MessageContext, text: string): DeadLetterRecord {
  const id = `${topic}/${partition}/${offset}`;
  return {
    ...{ topic, partition, offset, eventId: id, messageId: id, code: unreadable, text, deadAt: new Date(), firstFailureAt: null },
    ...{ attempts: null, held: false, source: { group: reconGroup, topic, partition: -1, offset: -1n - offset }, sequence: id },
    ...{ eventType: null, key: '', value: bytes, headers: {}, money: undefined },
  };
}

function timeOf(text: string | undefined): Date | undefined {
  const ms = Date.parse(text ?? '');
  return Number.isNaN(ms) ? undefined : storableTime(ms, new Date(0));
}

/** A count or a partition; undefined when it does not fit PostgreSQL's integer. */
function smallNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** An offset; undefined when it does not fit PostgreSQL's bigint. */
function wholeNumber(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d{1,18}$/.test(text) ? BigInt(text) : undefined;
}
