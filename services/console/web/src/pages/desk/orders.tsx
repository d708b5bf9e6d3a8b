import { Chip, wordOf } from '../../components/chip.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { addressPart, counted, countText, visibleText } from '../../format/text.js';
import { useOrders } from '../../orders/api.js';
import { orderStateLabels, orderVerbs } from '../../orders/labels.js';
import type { Order } from '../../orders/read-order.js';
import { hrefOf } from '../../shell/address.js';
import { deskHref } from './filters.js';
import type { DeskFilters } from './filters.js';

const shownStates = [null, 'waiting-approval', 'running', 'paused', 'done', 'cancelled'] as const;

/** The newest orders, with how far each is. */
export function OrdersView({ filters }: { readonly filters: DeskFilters }) {
  const { data: orders, problem } = useOrders(filters.state);
  return (
    <>
      <nav className="segments" aria-label="Orders by state">
        {shownStates.map((state) => (
          <Link key={state ?? 'all'} href={deskHref({ view: 'orders', state })} current={filters.state === state}>
            {state === null ? 'All' : orderStateLabels[state]}
          </Link>
        ))}
      </nav>
      <Problem text={problem} />
      {orders === undefined && problem === undefined && <p className="notice muted">Loading the orders.</p>}
      {orders?.length === 0 && <p className="notice muted">There is no such order.</p>}
      {orders !== undefined && orders.length > 0 && <OrderTable orders={orders} />}
    </>
  );
}

/** Orders as rows. */
export function OrderTable({ orders }: { readonly orders: readonly Order[] }) {
  return (
    <ListTable className="desk-table" label="Orders" titles={['Order', 'State', 'What', { number: 'Answered' }, 'Why', 'By', 'Ordered']}>
      <tbody>
        {orders.map((order, index) => (
          <tr key={`${index} ${order.id}`}>
            <td>
              <Link href={`/orders/${addressPart(order.id)}`}>
                <code>{visibleText(order.id.slice(0, 12), 20)}</code>
              </Link>
            </td>
            <td>
              <Chip labels={orderStateLabels} word={order.state} />
            </td>
            <td>
              {wordOf(orderVerbs, order.action, 20)} {counted(order.total, 'letter')}
            </td>
            <td className="number">
              {countText(order.done + order.failed)}
              {order.failed > 0 && (
                <div className="bad">
                  <Link href={hrefOf(`/orders/${addressPart(order.id)}`, { kind: 'failed' })}>{countText(order.failed)} failed again</Link>
                </div>
              )}
            </td>
            <td className="text">{visibleText(order.reason, 120)}</td>
            <td>{visibleText(order.by, 40)}</td>
            <td>
              <Instant at={order.orderedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}
