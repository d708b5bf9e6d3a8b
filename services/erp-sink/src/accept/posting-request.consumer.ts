import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events, headers } from '@tributary/contracts';
import type { PostingRequested } from '@tributary/contracts';
import type { ErpConnector } from '@tributary/connector-kit';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { parsePostingKey, postingKey, PostingKeyError } from '@tributary/domain';
import type { PipelineError } from '@tributary/domain';
import { isProtocol } from '@tributary/posting';
import type { Reference } from '@tributary/posting';
import { z } from 'zod';
import { Poster } from '../emit/poster.js';
import type { PostingOrder } from '../emit/poster.js';
import { unknownProtocol } from '../emit/ledger/protocol-request.js';
import { PostingMisroutedError } from '../emit/posting.errors.js';
import { TargetPauses } from '../emit/target-pauses.js';
import { CONNECTOR, TARGET } from '../emit/tokens.js';

/** Consumes posting requests of the target. Refuses a request that this sink cannot post before it reaches the ledger. */
@Controller()
export class PostingRequestConsumer {
  constructor(
    @Inject(Poster) private readonly poster: Poster,
    @Inject(CONNECTOR) private readonly connector: ErpConnector,
    @Inject(TARGET) private readonly target: string,
    @Inject(TargetPauses) private readonly pauses: Pick<TargetPauses, 'refuseWhilePaused'>,
  ) {}

  /** postings.<target>.v1 -> ERP -> erp.v1 and xref.*. Throws a PipelineError. */
  @EventPattern<string>(events.postingRequested.type)
  async onPostingRequested(@Payload() value: PostingRequested, @Ctx() context: MessageContext): Promise<Outgoing[]> {
    const order = orderOf(context.headers, value.postingKey);
    const problem = this.problemOf(value);
    // An operator may skip a request that this sink cannot post: the ledger has no row for it.
    if (problem && order?.kind === 'decide' && order.decision.kind === 'skip') return [];
    if (problem) throw problem;
    await this.pauses.refuseWhilePaused();
    const { eventId, key, partition, offset, signal } = context;
    const origin = { partition, offset: offset.toString(), headers: context.headers };
    return this.poster.handle({ requestId: eventId, recordKey: key, value, origin }, signal, order);
  }

  /** Why this sink cannot post the request, whatever the target would answer; undefined when it can. */
  private problemOf(value: PostingRequested): PipelineError | undefined {
    const { postingKey: key, target, kind, protocol, dependsOn, references, needs } = value;
    for (const posted of [key, ...dependsOn, ...[...references, ...needs].map(({ postingKey }) => postingKey)]) {
      const problem = keyProblem(posted);
      if (problem) return problem;
    }
    if (target !== this.target)
      return new PostingMisroutedError(`taking posting ${key}: it is for ${target}, this sink serves ${this.target}`, {
        postingKey: key,
        target,
      });
    if (!this.connector.capabilities.has(kind))
      return new PostingMisroutedError(
        `taking posting ${key}: ${this.connector.name} takes no ${kind}, only ${[...this.connector.capabilities].join(', ')}`,
        { postingKey: key, kind },
      );
    return isProtocol(protocol) ? unknownNeed(value) : unknownProtocol(key, protocol);
  }
}

/** The error for a need that only a newer version understands: its meaning must not be guessed. */
function unknownNeed({ postingKey, needs }: PostingRequested): PostingMisroutedError | undefined {
  const unknown = needs.find(
    ({ until, ifNeverAsked }) => !['saved', 'released'].includes(until) || !['wait', 'hold', 'without'].includes(ifNeverAsked),
  );
  return (
    unknown &&
    new PostingMisroutedError(
      `taking posting ${postingKey}: it needs ${unknown.postingKey} until "${unknown.until}", if never asked "${unknown.ifNeverAsked}"; known are saved and released, wait, hold and without`,
      { postingKey },
    )
  );
}

/** A posting key names rows and cross-references, so one that no reader could parse is refused before anything is posted. */
function keyProblem(text: string): PostingKeyError | undefined {
  try {
    postingKey(parsePostingKey(text));
    return undefined;
  } catch (error) {
    if (error instanceof PostingKeyError) return error;
    throw error;
  }
}

/** The order of the operator who replayed this request (docs/runbooks/dead-letters.md). */
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
