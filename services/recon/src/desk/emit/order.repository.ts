import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { itemId } from '../decide/letter.js';
import { laneOf } from '../decide/order.js';
import type { OrderAction, OrderView } from '@tributary/contracts';
import { reconGroup } from '../../recon.topics.js';
import { endOrder, stopItems } from './order-items.js';
import { OrderRefusedError } from './order.errors.js';
import { deadLetterCondition } from './dead-letter-filter.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';

/** An order to be created. */
export interface NewOrder {
  readonly id: string;
  readonly action: OrderAction;
  readonly scope: 'one' | 'sequence' | 'cause' | 'query';
  readonly filter: DeadLetterFilter;
  /** Bytes to dispatch instead of the original ones; only for an order with one letter. */
  readonly edited?: Buffer;
  readonly reference?: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly by: string;
  readonly ratePerSecond: number;
}

/** Largest number of items in one order: a larger order is probably a mistake, or has to be split. */
export const mostItems = 50_000;

interface Chosen {
  readonly id: string;
  readonly state: string;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly sequence: string;
  readonly whole: boolean;
}

/** Stores and reads replay orders. An order and its items are written in one transaction. */
@Injectable()
export class OrderRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Creates an order with its items. @throws {OrderRefusedError} when none of the chosen letters can be dispatched. */
  async create(order: NewOrder): Promise<number> {
    return withDatabase(`recording order ${order.id}`, () =>
      this.dataSource.transaction(async (manager) => {
        const letters = await this.choose(manager, order);
        await this.insert(manager, order, letters);
        return letters.length;
      }),
    );
  }

  async find(id: string): Promise<OrderView | undefined> {
    return withDatabase(`reading order ${id}`, () => readOrder(this.dataSource.manager, id));
  }

  async list(limit: number): Promise<OrderView[]> {
    const rows = await withDatabase('reading orders', () =>
      this.dataSource.query<{ id: string }[]>(`select id from recon.dead_letter_order order by ordered_at desc limit $1`, [limit]),
    );
    const orders = await Promise.all(rows.map(({ id }) => this.find(id)));
    return orders.filter((order) => order !== undefined);
  }

  /**
   * Cancels an order. Pending items are not dispatched any more; results of dispatched items are still recorded. @returns false when the
   * order is unknown.
   */
  async cancel(id: string, by: string, reason: string): Promise<boolean> {
    return withDatabase(`cancelling order ${id}`, () =>
      this.dataSource.transaction(async (manager) => {
        const [order] = await manager.query<{ state: string }[]>(`select state from recon.dead_letter_order where id = $1 for update`, [
          id,
        ]);
        if (!order) return false;
        if (order.state !== 'running')
          throw new OrderRefusedError(409, 'order.over', `Order ${id} is ${order.state}: there is nothing left to cancel.`);
        const stopped = await stopItems(manager, id, null);
        await manager.query(
          `update recon.dead_letter_order set state = 'cancelling', cancelled_by = $2, cancel_reason = $3 where id = $1`,
          [id, by, reason],
        );
        await manager.query(
          `insert into recon.dead_letter_audit (order_id, done, done_by, reason, detail) values ($1, 'cancelled', $2, $3, $4)`,
          [id, by, reason, JSON.stringify({ notGiven: stopped })],
        );
        await endOrder(manager, id);
        return true;
      }),
    );
  }

  private async choose(manager: EntityManager, order: NewOrder): Promise<Chosen[]> {
    const { sql, values } = deadLetterCondition(order.filter);
    const found = await manager.query<Chosen[]>(
      `select l.id, l.state, l.consumer_group as "group", l.source_topic as topic, l.source_partition as partition, l.source_offset::text as "offset",
         l.sequence, l.value is not null and l.source_offset >= 0 and l.source_partition >= 0 as whole
       from recon.dead_letter l where ${sql} ${order.scope === 'one' ? '' : `and l.state = 'open'`} order by l.id limit ${mostItems + 1} for update`,
      values,
    );
    if (found.length > mostItems)
      throw new OrderRefusedError(
        413,
        'order.too-large',
        `More than ${mostItems} dead letters match: narrow it down, by cause or by time.`,
      );
    const unknown = (order.filter.ids ?? []).filter((id) => !found.some((letter) => letter.id === id));
    if (unknown.length > 0) throw new OrderRefusedError(404, 'dead-letter.unknown', `There is no dead letter ${unknown.join(', ')}.`);
    const [busy] = found.filter(({ state }) => state !== 'open');
    if (busy) {
      const why = busy.state === 'closed' ? 'it is closed' : 'another order is giving it back';
      throw new OrderRefusedError(409, 'dead-letter.not-open', `Dead letter ${busy.id} cannot be ordered: ${why}.`);
    }
    const own = found.find(({ group }) => group === reconGroup);
    if (own && order.action === 'replay')
      throw new OrderRefusedError(
        409,
        'dead-letter.no-replay',
        `Dead letter ${own.id} is recon's own: it is not replayed. Mend the cause, rebuild the views, then skip it.`,
      );
    const torn = found.find(({ whole, group }) => !whole && group !== reconGroup);
    if (torn)
      throw new OrderRefusedError(
        409,
        'dead-letter.incomplete',
        `Dead letter ${torn.id} cannot be given back: it does not say where it was read, or its bytes are not stored here. Rebuild recon from the topics.`,
      );
    if (found.length === 0) throw new OrderRefusedError(409, 'order.nothing-open', 'No open dead letter matches.');
    return found;
  }

  private async insert(manager: EntityManager, order: NewOrder, letters: readonly Chosen[]): Promise<void> {
    await manager.query(
      `insert into recon.dead_letter_order (id, action, scope, criteria, reference, reason, ordered_by, rate_per_second, total) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        order.id,
        order.action,
        order.scope,
        JSON.stringify(order.filter),
        order.reference ? JSON.stringify(order.reference) : null,
        order.reason,
        order.by,
        order.ratePerSecond,
        letters.length,
      ],
    );
    await manager.query(
      `insert into recon.dead_letter_order_item (id, order_id, letter_id, lane, source_offset, edited)
       select i.id, $1, i.letter, i.lane, i.place, $2 from unnest($3::text[], $4::text[], $5::text[], $6::bigint[]) as i (id, letter, lane, place)`,
      [
        order.id,
        order.edited ?? null,
        letters.map(({ id }) => itemId(order.id, id)),
        letters.map(({ id }) => id),
        letters.map(laneOf),
        letters.map(({ offset }) => offset),
      ],
    );
    await manager.query(`update recon.dead_letter set state = 'ordered' where id = any($1)`, [letters.map(({ id }) => id)]);
    await manager.query(
      `insert into recon.dead_letter_audit (order_id, done, done_by, reason, detail) values ($1, 'ordered', $2, $3, $4)`,
      [
        order.id,
        order.by,
        order.reason,
        JSON.stringify({
          action: order.action,
          scope: order.scope,
          filter: order.filter,
          letters: letters.length,
          reference: order.reference ?? null,
        }),
      ],
    );
  }
}

interface OrderRow {
  readonly id: string;
  readonly action: OrderAction;
  readonly scope: string;
  readonly state: OrderView['state'];
  readonly total: number;
  readonly reason: string;
  readonly ordered_by: string;
  readonly rate_per_second: string;
  readonly ordered_at: Date;
  readonly ended_at: Date | null;
  readonly cancelled_by: string | null;
}

/** Reads one order; undefined when it is unknown. */
export async function readOrder(manager: EntityManager, id: string): Promise<OrderView | undefined> {
  const [row] = await manager.query<OrderRow[]>(`select * from recon.dead_letter_order where id = $1`, [id]);
  if (!row) return undefined;
  const counts = await manager.query<{ state: string; result: string | null; count: string }[]>(
    `select state, result, count(*) from recon.dead_letter_order_item where order_id = $1 group by state, result`,
    [id],
  );
  const sum = (wanted: (one: { state: string; result: string | null }) => boolean): number =>
    counts.filter(wanted).reduce((total, { count }) => total + Number(count), 0);
  const results: Record<string, number> = {};
  for (const { result, count } of counts) if (result !== null) results[result] = (results[result] ?? 0) + Number(count);
  return {
    id: row.id,
    action: row.action,
    scope: row.scope,
    state: row.state,
    total: row.total,
    pending: sum(({ state }) => state === 'pending'),
    given: sum(({ state }) => state === 'given'),
    done: sum(({ state, result }) => state === 'closed' && result !== 'dead-again'),
    failed: sum(({ state, result }) => state === 'closed' && result === 'dead-again'),
    stopped: sum(({ state }) => state === 'stopped'),
    results,
    reason: row.reason,
    by: row.ordered_by,
    ratePerSecond: Number(row.rate_per_second),
    orderedAt: row.ordered_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    cancelledBy: row.cancelled_by,
  };
}
