import type { ReleaseOrderedView } from '@tributary/contracts';
import { Body, ConflictException, Controller, HttpCode, Inject, NotFoundException, Param, Post, Query, UseFilters } from '@nestjs/common';
import { localIdentity, targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import { viewOfOrder } from '../emit/batches/release-order.js';
import { bodyOf, ofTarget, withReason } from './release-bodies.js';
import { ReleaseRefusedFilter } from './release-refused.filter.js';
import { ServedLedgers } from './served-ledgers.js';

/** Operators' orders for batches, over HTTP. */
@Controller()
@RequirePermission('groups.release')
@UseFilters(ReleaseRefusedFilter)
export class BatchOrderController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  /**
   * Orders another release of a failed batch, after its cause was corrected in the target (a closed period, for example), or the release of
   * a batch that waits for an operator. The next sweep carries it out; above the limit of the
   * roles of whoever asks (ERP_RELEASE_LIMITS) it waits for a second person, and the answer has the `order`.
   * 400: no `reason`, a `by`, which is whoever is signed in, or no `target` where several are served. 404: no such batch. 409: the batch does not wait for an operator, or a worker holds it.
   */
  @Post('batches/:batchId/release-orders')
  @HttpCode(202)
  @Documented({
    does: 'Orders the release of a batch that failed or waits for an operator.',
    answers: 'ReleaseOrderedView',
    query: ofTarget,
    body: withReason,
    command: 'groups release',
    refuses: { 404: [], 409: [] },
  })
  async release(
    @CurrentIdentity() identity: Identity,
    @Param('batchId') batchId: string,
    @Body() body: unknown,
    @Query('target') target?: string,
  ): Promise<ReleaseOrderedView> {
    const { reason } = bodyOf(withReason, body);
    const ordered = await this.ledgers
      .seenBy(targetsFor(identity, 'groups.release'))
      .one(target)
      .batches.order(batchId, { by: namedIn(identity), reason, who: identity });
    if (!ordered) throw new NotFoundException(`the ledger has no batch ${batchId}`);
    if (ordered.effect === 'order-refused')
      throw new ConflictException(
        `batch ${batchId} is ${ordered.batch.state}: only a failed batch that nobody looks at is released by order`,
      );
    const { batch, waiting } = ordered;
    return { batchId, state: batch.state, ...(waiting ? { order: viewOfOrder(waiting) } : {}) };
  }
}

/** The name and the subject: names may be alike, subjects are not. */
function namedIn({ name, subject }: Identity): string {
  return subject === localIdentity.subject ? name : `${name} (${subject})`;
}
