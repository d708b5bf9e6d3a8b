import { Controller } from '@nestjs/common';
import { Ctx, EventPattern } from '@nestjs/microservices';
import { headers } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { deadLetterPattern } from '@tributary/messaging';
import { EventRepository } from '../emit/event.repository.js';

/** Every dead letter topic: which event it stops, and why. The bytes stay where they are. */
@Controller()
export class DeadLetterConsumer {
  constructor(private readonly repository: EventRepository) {}

  @EventPattern<string>(deadLetterPattern)
  async onDeadLetter(@Ctx() context: MessageContext): Promise<void> {
    const messageId = context.eventId || `${context.topic}/${context.partition}/${context.offset}`;
    await this.repository.recordDeadLetter({
      topic: context.topic,
      partition: context.partition,
      offset: context.offset,
      // A raw fact is its own source event; everything made of it names it in a header.
      eventId: context.sourceEventId || messageId,
      messageId,
      code: context.headers[headers.errorCode] ?? 'unknown',
      text: context.headers[headers.errorText] ?? null,
      deadAt: new Date(context.headers[headers.lastFailureAt] ?? Date.now()),
    });
  }
}
