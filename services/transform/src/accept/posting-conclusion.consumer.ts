import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { events } from '@tributary/contracts';
import type { PostingConcluded } from '@tributary/contracts';
import { route } from '@tributary/mapping';
import type { AssetBundle } from '@tributary/mapping';
import type { MessageContext, Outgoing } from '@tributary/messaging';
import { counter } from '@tributary/platform';
import { publicationsOfRouting } from '../emit/publications.js';
import { ASSET_BUNDLE } from './canonical-fact.consumer.js';

const routed = counter('transform_conclusions_routed_total', 'Outcomes of postings that route is done with', ['target', 'result']);

@Controller()
export class PostingConclusionConsumer {
  constructor(@Inject(ASSET_BUNDLE) private readonly assets: AssetBundle) {}

  /**
   * erp.v1 -> postings.<target>.v1: the way back, a posting that another target is to know of. Belongs to the event that the first posting
   * came from (I2). Most outcomes ask for nothing; only those that do have a pipeline.event-routed. Throws a PipelineError.
   */
  @EventPattern<string>(events.postingConcluded.type)
  onPostingConcluded(@Payload() value: PostingConcluded, @Ctx() context: MessageContext): Outgoing[] {
    const { eventId, eventType, key } = context;
    const { sourceEventId, sequence, target } = value;
    const fact = { eventId, eventType, value, sourceEventId, sequence };
    const routing = route(this.assets, fact, Date.now());
    routed.inc({ target, result: routing.ignoredReason ?? 'routed' });
    return routing.postings.length === 0 ? [] : publicationsOfRouting(fact, routing, key);
  }
}
