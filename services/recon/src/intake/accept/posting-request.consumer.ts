import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Ctx } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import type { MessageContext } from '@tributary/messaging';
import { DocumentRepository } from '../emit/document.repository.js';

/** Consumes posting requests of every target: the requested documents, with their lines and their effect on the books. */
@Controller()
export class PostingRequestConsumer {
  constructor(private readonly documents: DocumentRepository) {}

  @EventPattern<string>(events.postingRequested.type)
  async onRequested(@Payload() request: PostingRequested, @Ctx() context: MessageContext): Promise<void> {
    await this.documents.record(request, context.eventId);
  }
}
