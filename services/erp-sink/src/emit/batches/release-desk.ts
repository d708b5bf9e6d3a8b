import type { ReleaseOrderView } from '@tributary/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Identity } from '@tributary/identity';
import { withDatabase } from '@tributary/persistence';
import type { BatchStep } from '@tributary/posting';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { toStorable } from '../ledger/storable-text.js';
import { TARGET } from '../tokens.js';
import { BatchRepository } from './batch.repository.js';
import { ReleaseRefusedError, viewOfOrder } from './release-order.js';
import type { RawReleaseOrder } from './release-order.js';
import { ReleaseOrders } from './release-orders.js';
import { ReleaseStops } from './release-stops.js';

/** What a second person says about an order. */
export interface ReleaseDecision {
  readonly identity: Identity;
  readonly reason: string;
  /** Digest of the content that they were shown; undefined: as it was when it was asked for. */
  readonly digest?: string | undefined;
}

/** Decisions of a second person about releases of batches. */
@Injectable()
export class ReleaseDesk {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(BatchRepository) private readonly batches: BatchRepository,
    @Inject(ReleaseOrders) private readonly orders: ReleaseOrders,
    @Inject(ReleaseStops) private readonly stops: ReleaseStops,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /** Every order that has not ended, and the newest of those that have; newest first. @param ended how many of these. */
  async list(ended: number): Promise<ReleaseOrderView[]> {
    const rows = await this.read(
      `target = $1 and (state in ('waiting-approval', 'running') or id in (
         select o.id from erp_sink.release_order o where o.target = $1 and o.state not in ('waiting-approval', 'running')
         order by o.created_at desc limit $2)) order by created_at desc, id`,
      ended,
    );
    return rows.map(viewOfOrder);
  }

  async find(id: string): Promise<ReleaseOrderView | undefined> {
    const [order] = await this.read('target = $1 and id = $2', toStorable(id));
    return order && viewOfOrder(order);
  }

  /**
   * Approves an order: the next sweep releases its batch, if it is still what was approved then.
   * @throws {ReleaseRefusedError} for its author, and when the batch is not what was asked for any more: the order has ended then.
   */
  async approve(order: ReleaseOrderView, { identity, reason, digest }: ReleaseDecision): Promise<void> {
    let refused: ReleaseRefusedError | undefined;
    const nothing = (step: BatchStep, before: BatchStep['batch']): BatchStep => ({ ...step, batch: before, effects: [] });
    await this.batches.step(
      toStorable(order.batchId),
      () => Promise.resolve({ kind: 'ordered' }),
      async (tx, before, proposed) => {
        const waiting = await this.orders.waiting(tx, order.id, identity);
        if (digest !== undefined && digest !== waiting.digest) throw changed(order.id, 'Look at it again, then approve it as it is.');
        const isRefused = proposed.effects.some(({ kind }) => kind === 'order-refused');
        if (isRefused && before.leaseUntil > 0 && before.state !== 'released')
          throw new ReleaseRefusedError(409, 'order.group-busy', `A worker looks at group ${order.batchId} now: approve it again.`);
        const code = isRefused ? 'order.changed' : await this.stops.problemOf(tx, waiting, false);
        if (code !== undefined) {
          await this.stops.stop(tx, waiting, code);
          refused = code === 'order.changed' ? changed(order.id) : ended(order.id, code);
          return nothing(proposed, before);
        }
        await this.orders.approved(tx, waiting, identity, reason);
        return proposed;
      },
    );
    if (refused !== undefined) throw refused; // after the end of the order was stored
  }

  /** Refuses an order: its batch stays as it is, and can be ordered again. */
  async refuse({ id }: ReleaseOrderView, { identity, reason }: ReleaseDecision): Promise<void> {
    await withDatabase(`refusing order ${id}`, () =>
      this.database.transaction(async (tx: EntityManager) => {
        await this.orders.refused(tx, await this.orders.waiting(tx, id, identity), identity, reason);
      }),
    );
  }

  private read(condition: string, parameter: unknown): Promise<RawReleaseOrder[]> {
    return withDatabase('reading release orders', () =>
      this.database.query<RawReleaseOrder[]>(`select * from erp_sink.release_order where ${condition}`, [this.target, parameter]),
    );
  }
}

function changed(id: string, advice = 'Look at the group, then order its release again.'): ReleaseRefusedError {
  return new ReleaseRefusedError(
    409,
    'order.changed',
    `Order ${id} is not what it was when it was asked for. ${advice} Nothing is released.`,
  );
}

function ended(id: string, code: string): ReleaseRefusedError {
  const why = code === 'order.approval-expired' ? 'waited too long for an approval' : 'was given by somebody whose rights changed since';
  return new ReleaseRefusedError(409, code, `Order ${id} ${why}. It has to be given again. Nothing is released.`);
}
