import { Figure, Sums } from '../../components/figure.js';
import { labelOf } from '../../components/chip.js';
import { reconciliationLabels, units } from '../../recon/labels.js';
import type { ReconciliationState } from '../../recon/labels.js';
import type { Snapshot, Sum } from '../../recon/shapes.js';
import { hrefOf } from '../../shell/address.js';
import { reconciliationTexts } from './labels.js';

const order = Object.keys(reconciliationLabels) as ReconciliationState[];

/** Comparison of Stripe with the ledger, as read from the ERP itself. A break is a result, not an error. */
export function Reconciliation({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const sumOf = (state: string): Sum =>
    snapshot?.overview?.reconciliation.get(state) ?? {
      count: snapshot?.reconciliation.find(({ name }) => name === state)?.count ?? null,
      amounts: [],
    };
  return (
    <section className="card" aria-labelledby="reconciliation-title">
      <h2 id="reconciliation-title">Stripe against the ledger</h2>
      {snapshot === undefined ? (
        <p className="muted">Waiting for the first figures.</p>
      ) : (
        <dl className="reconciliation">
          {order.map((state) => {
            const sum = sumOf(state);
            return (
              <div key={state} className={sum.count ? state : 'none'}>
                <dt>
                  {labelOf(reconciliationLabels, state)}
                  <span className="muted">{reconciliationTexts[state]}</span>
                </dt>
                <dd>
                  <Figure count={sum.count} unit={units.payment} href={hrefOf('/payments', { reconciliation: state })} />
                  <Sums sum={sum} list={{ reconciliation: state }} />
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </section>
  );
}
