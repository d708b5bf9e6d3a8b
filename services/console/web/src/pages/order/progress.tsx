import { countText } from '../../format/text.js';
import { resultText } from '../../orders/labels.js';
import type { Order } from '../../orders/read-order.js';
import { visibleText } from '../../format/text.js';

/** How far an order is, as a bar and as figures, and how its letters ended. */
export function OrderProgress({ order }: { readonly order: Order }) {
  const { total, done, failed, stopped, given, pending, results } = order;
  const share = (count: number): string => `${total === 0 ? 0 : (count / total) * 100}%`;
  return (
    <>
      <div
        className="order-bar"
        role="progressbar"
        aria-label="Letters that were answered"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done + failed}
      >
        <span className="done" style={{ width: share(done) }} />
        <span className="failed" style={{ width: share(failed) }} />
        <span className="stopped" style={{ width: share(stopped) }} />
      </div>
      <ul className="order-counts">
        <li>{countText(pending)} not dispatched yet</li>
        <li>{countText(given)} dispatched</li>
        <li>{countText(done)} done</li>
        <li className={failed > 0 ? 'failed' : undefined}>{countText(failed)} failed again</li>
        <li>{countText(stopped)} not dispatched</li>
      </ul>
      {results.length > 0 && (
        <p className="muted">
          {results.map(({ name, value }) => `${visibleText(value, 12)} ${resultText(visibleText(name, 60))}`).join(' · ')}
        </p>
      )}
    </>
  );
}
