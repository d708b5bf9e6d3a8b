import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { DeadLetterClosed, MessageParked } from '@tributary/contracts';
import { events } from '@tributary/contracts';
import { LetterRecorder } from '../emit/dead-letters/letter.recorder.js';

/** What the groups say of their dead letters: what waits behind them, and how orders about them ended. */
@Controller()
export class DeadLetterNewsConsumer {
  constructor(@Inject(LetterRecorder) private readonly recorder: LetterRecorder) {}

  @EventPattern<string>(events.messageParked.type)
  async onParked(@Payload() record: MessageParked): Promise<void> {
    await this.recorder.recordParked(record);
  }

  @EventPattern<string>(events.deadLetterClosed.type)
  async onClosed(@Payload() record: DeadLetterClosed): Promise<void> {
    await this.recorder.recordClosure(record);
  }
}
