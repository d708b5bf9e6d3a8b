import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import type { ErpConnector } from '@tributary/connector-kit';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { Poster } from '../emit/poster.js';
import { PostingMisroutedError } from '../emit/posting.errors.js';
import { CONNECTOR, TARGET } from '../emit/tokens.js';

@Controller()
export class PostingRequestConsumer {
  constructor(
    @Inject(Poster) private readonly poster: Poster,
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** postings.<target>.v1 -> ERP -> erp.v1 and xref.*. Throws a PipelineError. */
  @EventPattern<string>(events.postingRequested.type)
  async onPostingRequested(@Payload() value: PostingRequested, @Ctx() context: MessageContext): Promise<Outgoing[]> {
    const { postingKey, target, kind } = value;
    if (target !== this.target)
      throw new PostingMisroutedError(`taking posting ${postingKey}: it is for ${target}, this sink serves ${this.target}`, {
        postingKey,
        target,
      });
    if (!this.connector.capabilities.has(kind))
      throw new PostingMisroutedError(
        `taking posting ${postingKey}: ${this.connector.name} takes no ${kind}, only ${[...this.connector.capabilities].join(', ')}`,
        { postingKey, kind },
      );
    return this.poster.handle({ requestId: context.eventId, recordKey: context.key, value }, context.signal);
  }
}
