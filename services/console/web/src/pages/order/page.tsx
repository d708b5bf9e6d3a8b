import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { Chip, wordOf } from '../../components/chip.js';
import { ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { counted, visibleText } from '../../format/text.js';
import { useOrder } from '../../orders/api.js';
import { orderStateLabels, orderVerbs, stopTexts } from '../../orders/labels.js';
import { endedStates } from '../../orders/read-order.js';
import type { Order } from '../../orders/read-order.js';
import { useTitle } from '../../shell/title.js';
import { OrderFacts } from './facts.js';
import { OrderLetters } from './letters.js';
import { OrderProgress } from './progress.js';
import { OrderSteering } from './steering.js';

const route = getRouteApi('/console/orders/$id');

/** One order: what it is about, how far it is, and what can be done about it. */
export function OrderPage() {
  const { id } = route.useParams();
  const { kind = null, after = null, before = null } = route.useSearch();
  const [ended, setEnded] = useState(false);
  const { data: order, problem } = useOrder(id, ended);
  if (order && endedStates.includes(order.state) !== ended) setEnded(!ended);
  useTitle(order ? headingOf(order) : `Order ${id}`);
  return (
    <main>
      <section className="card" aria-labelledby="order-title">
        <div className="bar-of-tools">
          <h2 id="order-title">{order ? headingOf(order) : `Order ${visibleText(id, 60)}`}</h2>
          <ZoneNote />
          <Link href="/desk?view=orders">All orders</Link>
        </div>
        <Problem text={problem} />
        {order === undefined && problem === undefined && <p className="notice muted">Reading the order.</p>}
        {order && (
          <>
            <p role="status">
              <Chip labels={orderStateLabels} word={order.state} /> {sentenceOf(order)}
            </p>
            {order.stopCode !== null && <p className="notice bad">{wordOf(stopTexts, order.stopCode, 200)}</p>}
            <OrderProgress order={order} />
            <OrderSteering order={order} />
            <OrderFacts order={order} />
          </>
        )}
      </section>
      {order && <OrderLetters order={order} kind={kind} at={{ after, before }} />}
    </main>
  );
}

function headingOf({ action, total }: Order): string {
  return `${wordOf(orderVerbs, action, 20)} ${counted(total, 'letter')}`;
}

/** Where it stands, in one sentence. */
export function sentenceOf({ state, total, done, failed, stopped, pending, given, by }: Order): string {
  const answered = done + failed;
  switch (state) {
    case 'waiting-approval':
      return `Nothing was dispatched: somebody other than ${visibleText(by, 40)} has to approve it.`;
    case 'paused':
      return `Paused: ${pending} of ${total} are not dispatched, ${given} of those that were are not answered yet.`;
    case 'running':
      return `${answered} of ${total} answered, ${pending + given} to go.`;
    case 'done':
      if (failed + stopped === 0) return `All ${total} are done.`;
      return `${done} of ${total} are done, ${failed} failed again, ${stopped} were not dispatched because an earlier one of their sequence failed.`;
    default:
      return `${answered} of ${total} answered, ${stopped} not dispatched.`;
  }
}
