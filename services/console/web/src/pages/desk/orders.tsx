import { Chip, wordOf } from '../../components/chip.js';
import { CopyId } from '../../components/copy-id.js';
import { FilterForm } from '../../components/filter-form.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { ListBody, rowCountOf } from '../../components/list-body.js';
import type { RowAttributes } from '../../components/list-body.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { addressPart, counted, countText, visibleText } from '../../format/text.js';
import { orderFilters, orderFiltersOf, useOrders } from '../../orders/api.js';
import { orderStateLabels, orderVerbs } from '../../orders/labels.js';
import type { Order, OrderPage } from '../../orders/read-order.js';
import { hrefOf } from '../../shell/address.js';
import { usePageSize } from '../../shell/page-size.js';
import { deskHref } from './filters.js';
import type { DeskFilters } from './filters.js';
import { ordersSum } from './tab-sums.js';

const shownStates = [null, 'waiting-approval', 'running', 'paused', 'done', 'cancelled', 'refused', 'expired'] as const;
const fields = [
  { name: 'action', label: 'What', as: 'choice', choices: orderVerbs },
  { name: 'by', label: 'By', as: 'text', hint: 'the whole name, as the list shows it' },
  { name: 'from', label: 'Ordered from', as: 'day' },
  { name: 'to', label: 'Ordered before', as: 'day' },
] as const;

/** Orders, newest first, with how far each is. */
export function OrdersView({ filters }: { readonly filters: DeskFilters }) {
  const { after, before } = filters;
  const { data: page, problem } = useOrders(filters, { after, before, limit: usePageSize() });
  const { state, ...others } = orderFiltersOf(filters);
  const chosen = { view: 'orders', ...others, state };
  return (
    <>
      <nav className="segments" aria-label="Orders by state">
        {shownStates.map((one) => (
          <Link key={one ?? 'all'} href={deskHref({ ...chosen, state: one })} current={state === one}>
            {one === null ? 'All' : orderStateLabels[one]}
          </Link>
        ))}
      </nav>
      <FilterForm path="/desk" fields={fields} values={others} keep={{ view: 'orders', state }} />
      <Problem text={problem} />
      {page === undefined && problem === undefined && <p className="notice muted">Loading the orders.</p>}
      {page && <OrderSum page={page} />}
      {page?.rows.length === 0 && (
        <p className="notice muted">
          {orderFilters.some((name) => filters[name]) ? 'There is no such order.' : 'Nothing was ordered yet.'}
        </p>
      )}
      {page !== undefined && page.rows.length > 0 && <OrderTable orders={page.rows} />}
      <ListPages path="/desk" filters={chosen} page={page} isLater={isLater(filters)} />
    </>
  );
}

/** How many orders fit, on all pages. */
function OrderSum({ page }: { readonly page: OrderPage }) {
  const sum = ordersSum(page);
  return sum && sum.count > 0 ? <p className="list-sum">{[counted(sum.count, 'order'), sum.text].join(' · ')}</p> : null;
}

/** Orders as rows. */
export function OrderTable({ orders }: { readonly orders: readonly Order[] }) {
  return (
    <ListTable
      className="desk-table"
      label="Orders"
      rowCount={rowCountOf(orders.length)}
      titles={['Order', 'State', 'What', { number: 'Answered' }, 'Why', 'By', 'Ordered']}
    >
      <ListBody
        count={orders.length}
        draw={(index, attributes) => {
          const order = orders[index];
          return order && <Row key={`${index} ${order.id}`} order={order} attributes={attributes} />;
        }}
      />
    </ListTable>
  );
}

function Row({ order, attributes }: { readonly order: Order; readonly attributes: RowAttributes }) {
  return (
    <tr {...attributes}>
      <td className="id">
        <CopyId id={order.id}>
          <Link href={`/orders/${addressPart(order.id)}`}>
            <code>{visibleText(order.id.slice(0, 12), 20)}</code>
          </Link>
        </CopyId>
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
  );
}
