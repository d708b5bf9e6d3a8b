import { Injectable } from '@nestjs/common';
import type { OrdersView, OrderView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { Neighbours, PageRequest } from '../../shared/decide/keyset-page.js';
import { targetsParameter } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { readOrders } from './order-view.js';

/** Selects orders; an order has to match every given field. */
export interface OrderFilter {
  readonly state?: OrderView['state'] | undefined;
  readonly action?: OrderView['action'] | undefined;
  /** Who gave it, by the name that it shows. */
  readonly by?: string | undefined;
  /** When it was given: from, inclusive; to, exclusive; ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Orders that fit and that somebody may see: an order about several ledgers is seen by whoever sees all of them. */
const fits = `($1::text is null or o.state = $1) and ($2::text is null or o.action = $2) and ($3::text is null or o.ordered_by = $3)
  and ($4::timestamptz is null or o.ordered_at >= $4) and ($5::timestamptz is null or o.ordered_at < $5) and ($6::text[] is null or o.targets <@ $6)`;

const valuesOf = ({ state, action, by, from, to }: OrderFilter, visible: VisibleTargets): unknown[] => [
  ...[state ?? null, action ?? null, by ?? null, from ?? null, to ?? null],
  targetsParameter(visible),
];

/** Reads the list of replay orders. */
@Injectable()
export class OrderListRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A page, the newest first, of the orders that fit. A cursor is the id of an order. */
  async list(filter: OrderFilter, page: PageRequest, visible: VisibleTargets): Promise<{ readonly orders: OrderView[] } & Neighbours> {
    const start = pageStart(page);
    return withDatabase('reading orders', async () => {
      const found = await this.dataSource.query<{ id: string }[]>(
        `select o.id from recon.dead_letter_order o where ${fits}
           and ($7::text is null or (o.ordered_at, o.id) ${start.beyond} (select a.ordered_at, a.id from recon.dead_letter_order a where a.id = $7))
         order by o.ordered_at ${start.order}, o.id ${start.order} limit $8`,
        [...valuesOf(filter, visible), start.cursor ?? null, start.rows],
      );
      const { rows, ...neighbours } = keysetPage(page, found, ({ id }) => id);
      const ids = rows.map(({ id }) => id);
      return { orders: await readOrders(this.dataSource.manager, ids), ...neighbours };
    });
  }

  /** How many orders fit, and how many of them have not ended. */
  async total(filter: OrderFilter, visible: VisibleTargets): Promise<OrdersView['total']> {
    const [total] = await withDatabase('counting orders', () =>
      this.dataSource.query<OrdersView['total'][]>(
        `select count(*)::int as count, count(*) filter (where o.state not in ('done', 'cancelled', 'refused', 'expired'))::int as "underWay"
         from recon.dead_letter_order o where ${fits}`,
        valuesOf(filter, visible),
      ),
    );
    return total ?? { count: 0, underWay: 0 };
  }
}
