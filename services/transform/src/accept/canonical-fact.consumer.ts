import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { canonicalEvents, route } from '@tributary/mapping';
import type { AssetBundle } from '@tributary/mapping';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { counter } from '@tributary/platform';
import { publicationsOfRouting } from '../emit/publications.js';

export const ASSET_BUNDLE = Symbol('AssetBundle');

const routed = counter('transform_routed_total', 'Canonical facts that route is done with', ['type', 'result']);

@Controller()
export class CanonicalFactConsumer {
  constructor(@Inject(ASSET_BUNDLE) private readonly assets: AssetBundle) {}

  /** Canonical topics -> postings.<target>.v1 and one pipeline.event-routed. Throws a PipelineError for facts that no document fits. */
  @EventPattern<string[]>(canonicalEvents().map(({ type }) => type))
  onCanonicalFact(@Payload() value: { readonly source?: { readonly eventId?: string } }, @Ctx() context: MessageContext): Outgoing[] {
    const { eventId, eventType, sequence, key } = context;
    const sourceEventId = context.sourceEventId || (value.source?.eventId ?? '');
    const fact = { eventId, eventType, value, sourceEventId, sequence };
    const routing = route(this.assets, fact, Date.now());
    routed.inc({ type: eventType, result: routing.ignoredReason ?? 'routed' });
    return publicationsOfRouting(fact, routing, key);
  }
}
