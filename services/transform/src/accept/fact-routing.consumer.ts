import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events, headers } from '@tributary/contracts';
import type { PostingConcluded } from '@tributary/contracts';
import { canonicalEvents, route, suspenseRole } from '@tributary/mapping';
import type { AssetBundle, RoutingResult } from '@tributary/mapping';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { counter } from '@tributary/platform';
import { publicationsOfRouting } from '../emit/publications.js';
import { ASSET_BUNDLE } from '../transform.tokens.js';

const routedFacts = counter('transform_routed_total', 'Canonical facts that route is done with', ['type', 'result']);
const routedOutcomes = counter('transform_conclusions_routed_total', 'Outcomes of postings that route is done with', ['target', 'result']);

const suspense = counter('transform_suspense_total', 'Postings with a line in suspense: a movement that no row of movements.csv knows', [
  'flow',
]);

/** Counts movements of unknown type. They are booked to suspense, so that their payout balances; an alert reports the missing row. */
function countSuspense({ postings }: RoutingResult): void {
  for (const { request } of postings) if (request.effect.some(({ role }) => role === suspenseRole)) suspense.inc({ flow: request.flow });
}

const noAnswers: ReadonlyMap<string, string> = new Map();

/** Operators' answers, from the header of a replay: code of the question -> answer. */
function answersIn(header: string | undefined): ReadonlyMap<string, string> {
  return header === undefined ? noAnswers : new Map(Object.entries(JSON.parse(header) as Record<string, string>));
}

/** Routes canonical facts, and outcomes of postings, to posting requests by the flows of the assets. */
@Controller()
export class FactRoutingConsumer {
  constructor(@Inject(ASSET_BUNDLE) private readonly assets: AssetBundle) {}

  /**
   * Canonical topics -> postings.<target>.v1 and one pipeline.event-routed. @throws {PipelineError} when a fact yields no valid document.
   */
  @EventPattern<string[]>(canonicalEvents().map(({ type }) => type))
  onCanonicalFact(@Payload() value: { readonly source?: { readonly eventId?: string } }, @Ctx() context: MessageContext): Outgoing[] {
    const { eventId, eventType, sequence, key } = context;
    const sourceEventId = context.sourceEventId || (value.source?.eventId ?? '');
    const fact = { eventId, eventType, value, sourceEventId, sequence, answers: answersIn(context.headers[headers.answers]) };
    const routing = route(this.assets, fact, Date.now());
    countSuspense(routing);
    routedFacts.inc({ type: eventType, result: routing.ignoredReason ?? 'routed' });
    return publicationsOfRouting(fact, routing, key);
  }

  /**
   * erp.v1 -> postings.<target>.v1: requests that report an outcome to another target. They belong to the source event of the first posting
   * (I2). Most outcomes trigger no flow, so pipeline.event-routed is published only for those that do.
   * @throws {PipelineError} when an outcome yields no valid document.
   */
  @EventPattern<string>(events.postingConcluded.type)
  onPostingConcluded(@Payload() value: PostingConcluded, @Ctx() context: MessageContext): Outgoing[] {
    const { eventId, eventType, key } = context;
    const { sourceEventId, sequence, target } = value;
    const fact = { eventId, eventType, value, sourceEventId, sequence };
    const routing = route(this.assets, fact, Date.now());
    routedOutcomes.inc({ target, result: routing.ignoredReason ?? 'routed' });
    return routing.postings.length === 0 ? [] : publicationsOfRouting(fact, routing, key);
  }
}
