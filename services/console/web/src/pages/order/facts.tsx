import { CopyField } from '../../components/copy-field.js';
import { Instant } from '../../components/instant.js';
import { visibleText } from '../../format/text.js';
import type { Order } from '../../orders/read-order.js';

/** Who gave it, why, and what was decided about it. */
export function OrderFacts({ order }: { readonly order: Order }) {
  return (
    <>
      <dl className="order-facts">
        <dt>Ordered by</dt>
        <dd>
          {visibleText(order.by, 80)}, <Instant at={order.orderedAt} />
        </dd>
        <dt>Why</dt>
        <dd>{visibleText(order.reason, 1_000)}</dd>
        <dt>Ledgers</dt>
        <dd>
          {order.targets.length === 0 ? 'none by name: facts and raw events' : order.targets.map((one) => visibleText(one, 60)).join(', ')}
        </dd>
        <dt>Speed</dt>
        <dd>at most {visibleText(order.ratePerSecond ?? 'not known', 12)} a second</dd>
        {order.changes.length > 0 && (
          <>
            <dt>Changes in its letter</dt>
            <dd>
              {order.changes.map((change) => (
                <div key={change}>{visibleText(change, 400)}</div>
              ))}
            </dd>
          </>
        )}
        {order.waitsFor.length > 0 && (
          <>
            <dt>Needs a second person</dt>
            <dd>{order.waitsFor.map((why) => visibleText(why, 400)).join('; ')}</dd>
          </>
        )}
        {order.decisions.map((decision) => (
          <Decision key={decision} text={decision} />
        ))}
        {order.endedAt !== null && (
          <>
            <dt>Ended</dt>
            <dd>
              <Instant at={order.endedAt} />
            </dd>
          </>
        )}
      </dl>
      <CopyField label="Id of the order" value={visibleText(order.id)} />
    </>
  );
}

function Decision({ text }: { readonly text: string }) {
  return (
    <>
      <dt>Decided</dt>
      <dd>{visibleText(text, 1_100)}</dd>
    </>
  );
}
