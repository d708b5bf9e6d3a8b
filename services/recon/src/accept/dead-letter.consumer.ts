import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { headers } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { deadLetterPattern } from '@tributary/messaging';
import { moneyAtRisk } from '../decide/dead-letters/letter.js';
import { LetterRecorder } from '../emit/dead-letters/letter.recorder.js';
import { PayloadReader } from '../emit/dead-letters/payload.reader.js';

/** Every dead letter topic: which event it stops, why, and everything that is needed to give it back. */
@Controller()
export class DeadLetterConsumer {
  constructor(
    @Inject(LetterRecorder) private readonly recorder: LetterRecorder,
    @Inject(PayloadReader) private readonly reader: PayloadReader,
  ) {}

  @EventPattern<string>(deadLetterPattern)
  async onDeadLetter(@Payload() bytes: Buffer, @Ctx() context: MessageContext): Promise<void> {
    const { topic, partition, offset } = context;
    const header = (name: string): string | undefined => context.headers[name];
    const messageId = context.eventId || `${topic}/${partition}/${offset}`;
    const source = {
      group: header(headers.consumerGroup) ?? '',
      topic: header(headers.originalTopic) ?? '',
      partition: Number(header(headers.originalPartition) ?? -1),
      // A letter that does not say where its message was read has a place of its own, and cannot be given back.
      offset: wholeNumber(header(headers.originalOffset)) ?? -1n - offset,
    };
    // `context.eventType` is the pattern under which dead letters are handed out; the message's own type is in its header.
    const eventType = header(headers.type) ?? null;
    const { value } = await this.reader.read(eventType, bytes);
    await this.recorder.recordLetter({
      topic,
      partition,
      offset,
      // A raw fact is its own source event; everything made of it names it in a header.
      eventId: context.sourceEventId || messageId,
      messageId,
      code: header(headers.errorCode) ?? 'unknown',
      text: header(headers.errorText) ?? null,
      deadAt: timeOf(header(headers.lastFailureAt)) ?? new Date(),
      firstFailureAt: timeOf(header(headers.firstFailureAt)) ?? null,
      attempts: Number(header(headers.attempts) ?? 0) || null,
      held: header(headers.disposition) === 'hold',
      source,
      // A message with neither header nor key is a sequence of its own.
      sequence: context.sequence || `offset:${source.offset}`,
      eventType,
      key: context.key,
      value: bytes,
      headers: context.headers,
      money: moneyAtRisk(value),
    });
  }
}

function timeOf(text: string | undefined): Date | undefined {
  const time = new Date(text ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function wholeNumber(text: string | undefined): bigint | undefined {
  return text !== undefined && /^\d+$/.test(text) ? BigInt(text) : undefined;
}
