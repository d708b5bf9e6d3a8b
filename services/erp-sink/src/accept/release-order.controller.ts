import type { ReleaseOrderView, ReleaseOrdersView } from '@tributary/contracts';
import { Body, Controller, Get, HttpCode, Inject, NotFoundException, Param, Post, Query, UseFilters } from '@nestjs/common';
import { targetsFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import { CurrentIdentity, Documented, RequirePermission } from '@tributary/platform';
import type { ReleaseDesk } from '../emit/batches/release-desk.js';
import { approval, bodyOf, ofTarget, withReason } from './release-bodies.js';
import { ReleaseRefusedFilter } from './release-refused.filter.js';
import { ServedLedgers } from './served-ledgers.js';

/** Orders of a target that have ended and are listed. */
const newestEnded = 100;

/** Orders to release batches, and what a second person says about them. They are given at `POST /batches/:batchId/release-orders`. */
@Controller('release-orders')
@RequirePermission('ledger.read')
@UseFilters(ReleaseRefusedFilter)
export class ReleaseOrderController {
  constructor(@Inject(ServedLedgers) private readonly ledgers: ServedLedgers) {}

  /** Orders of each target that have not ended, and the newest that have; newest first. */
  @Get()
  @Documented({
    does: 'Orders to release batches that have not ended, and the newest 100 of each target that have; newest first.',
    answers: 'ReleaseOrdersView',
    query: ofTarget,
  })
  async list(@CurrentIdentity() identity: Identity, @Query('target') target?: string): Promise<ReleaseOrdersView> {
    const ledgers = this.ledgers.seenBy(targetsFor(identity, 'ledger.read')).all(target);
    const found = await Promise.all(ledgers.map(({ releases }) => releases.list(newestEnded)));
    return { orders: found.flat().sort((a, b) => b.orderedAt.localeCompare(a.orderedAt)) };
  }

  /** 403: the order is one's own. 404: none that one may decide about. 409: it does not wait, or its batch is not what was asked for. */
  @Post(':id/approve')
  @RequirePermission('orders.approve')
  @HttpCode(200)
  @Documented({
    does: 'Approves an order of somebody else to release a batch.',
    answers: 'ReleaseOrderView',
    body: approval,
    command: 'groups approve',
    refuses: { 404: ['order.unknown'], 409: [] },
  })
  async approve(@CurrentIdentity() identity: Identity, @Param('id') id: string, @Body() body: unknown): Promise<ReleaseOrderView> {
    const decision = bodyOf(approval, body);
    return this.decided(identity, id, (releases, order) => releases.approve(order, { ...decision, identity }));
  }

  /** As {@link approve}; the batch stays as it is. */
  @Post(':id/refuse')
  @RequirePermission('orders.approve')
  @HttpCode(200)
  @Documented({
    does: 'Refuses an order to release a batch.',
    answers: 'ReleaseOrderView',
    body: withReason,
    command: 'groups refuse',
    refuses: { 404: ['order.unknown'], 409: [] },
  })
  async refuse(@CurrentIdentity() identity: Identity, @Param('id') id: string, @Body() body: unknown): Promise<ReleaseOrderView> {
    const { reason } = bodyOf(withReason, body);
    return this.decided(identity, id, (releases, order) => releases.refuse(order, { identity, reason }));
  }

  /** An order about another target does not exist for them. */
  private async decided(
    identity: Identity,
    id: string,
    decide: (releases: ReleaseDesk, order: ReleaseOrderView) => Promise<void>,
  ): Promise<ReleaseOrderView> {
    for (const { releases } of this.ledgers.seenBy(targetsFor(identity, 'orders.approve')).all()) {
      const order = await releases.find(id);
      if (!order) continue;
      await decide(releases, order);
      return (await releases.find(id)) ?? order;
    }
    throw new NotFoundException({ error: 'order.unknown', message: `There is no order ${id} that you may decide about.` });
  }
}
