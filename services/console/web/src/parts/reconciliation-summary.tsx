import type { ReconciliationState } from '../api.js';
import { grouped, reconciliationWord } from '../words.js';

const order: readonly ReconciliationState[] = ['matched', 'different', 'missing', 'pending'];
const says: Readonly<Record<ReconciliationState, string>> = {
  matched: 'same amount in Stripe and in the ledger',
  different: 'both have it, the amounts differ',
  missing: 'Stripe has it, the ledger does not',
  pending: 'the ledger has not been read yet',
};

/** Stripe against the ledger, as the ERP itself answers. A break is a result, not an error. */
export function ReconciliationSummary({ summary }: { summary: Readonly<Record<ReconciliationState, number>> | undefined }) {
  return (
    <section className="card" aria-labelledby="reconciliation-title">
      <h2 id="reconciliation-title">Stripe against the ledger</h2>
      {summary === undefined ? (
        <p className="muted">Waiting for the first figures.</p>
      ) : (
        <dl className="recon">
          {order.map((state) => (
            <div key={state} className={summary[state] > 0 ? state : 'none'}>
              <dt>
                {reconciliationWord[state]}
                <span className="muted">{says[state]}</span>
              </dt>
              <dd>{grouped(String(summary[state]))}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
