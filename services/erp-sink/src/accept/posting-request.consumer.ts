import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events, headers } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import type { ErpConnector } from '@tributary/connector-kit';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import type { Reference } from '@tributary/posting';
import { z } from 'zod';
import { Poster } from '../emit/poster.js';
import type { PostingOrder } from '../emit/poster.js';
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
    const { eventId, key, partition, offset, signal } = context;
    const origin = { partition, offset: offset.toString(), headers: context.headers };
    return this.poster.handle({ requestId: eventId, recordKey: key, value, origin }, signal, orderOf(context.headers, postingKey));
  }
}

/** What a person wants done with this request, when they gave it back (docs/runbooks/dead-letters.md). */
function orderOf(given: MessageContext['headers'], postingKey: string): PostingOrder | undefined {
  const { [headers.orderAction]: action, [headers.orderReason]: reason = '', [headers.orderReference]: reference } = given;
  if (action === undefined) return undefined;
  if (action === 'replay') return { kind: 'replay' };
  if (action === 'skip') return { kind: 'decide', decision: { kind: 'skip' }, text: reason };
  return { kind: 'decide', decision: { kind: 'adopt', reference: referenceOf(reference, postingKey) }, text: reason };
}

function referenceOf(text: string | undefined, postingKey: string): Reference {
  const parsed = z.record(z.string().min(1), z.string().min(1)).safeParse(jsonOf(text ?? ''));
  if (parsed.success && Object.keys(parsed.data).length > 0) return parsed.data;
  throw new PostingMisroutedError(
    `resolving posting ${postingKey}: the reference has to be the ERP's keys of the document as a JSON object of texts, e.g. {"HeadNum":"881"}; it is ${text ?? 'absent'}`,
    { postingKey },
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
