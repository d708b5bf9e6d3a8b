import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { DeadLetterClosed, MessageParked } from '@tributary/contracts';
import { events } from '@tributary/contracts';
import { DeadLetterRecorder } from '../emit/dead-letter.recorder.js';

/** Consumes status events of dead letters: messages parked behind them, and results of replay orders. */
@Controller()
export class DeadLetterStatusConsumer {
  constructor(@Inject(DeadLetterRecorder) private readonly recorder: DeadLetterRecorder) {}

  @EventPattern<string>(events.messageParked.type)
  async onParked(@Payload() record: MessageParked): Promise<void> {
    await this.recorder.recordParked(record);
  }

  @EventPattern<string>(events.deadLetterClosed.type)
  async onClosed(@Payload() record: DeadLetterClosed): Promise<void> {
    await this.recorder.recordClosure(record);
  }
}
