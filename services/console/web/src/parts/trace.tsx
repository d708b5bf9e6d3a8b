import { useEffect, useRef, useState } from 'react';
import type { Payment, Step } from '../api.js';
import { ApiError, fetchTrace } from '../api.js';
import { dateOf, grouped, reconciliationWord, stateWord, timeOf } from '../words.js';

interface Found {
  readonly payment: Payment;
  readonly steps: readonly Step[];
}

/** One payment from webhook to ledger, with every id. Escape closes it. `tick` changes when there may be news. */
export function Trace({ id, tick, onClose }: { id: string; tick: string | undefined; onClose: () => void }) {
  const [found, setFound] = useState<Found>();
  const [problem, setProblem] = useState<string>();
  const heading = useRef<HTMLHeadingElement>(null);

  useEffect(() => heading.current?.focus(), [id]);
  useEffect(() => {
    const abort = new AbortController();
    fetchTrace(id, abort.signal).then(
      (trace) => {
        setFound(trace);
        setProblem(undefined);
      },
      (reason: unknown) => {
        if (abort.signal.aborted) return;
        setProblem(
          reason instanceof ApiError && reason.status === 404
            ? `No payment is known by the id ${id}.`
            : String(reason instanceof Error ? reason.message : reason),
        );
      },
    );
    return () => abort.abort();
  }, [id, tick]);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);

  return (
    <aside className="card trace" aria-labelledby="trace-title">
      <div className="bar-of-tools">
        <h2 id="trace-title" tabIndex={-1} ref={heading}>
          From webhook to ledger
        </h2>
        <button type="button" onClick={onClose} aria-label="Close the trace">
          Close
        </button>
      </div>
      {problem !== undefined && (
        <p className="notice bad" role="alert">
          {problem}
        </p>
      )}
      {problem === undefined && found === undefined && <p className="notice muted">Loading the trace.</p>}
      {found !== undefined && (
        <>
          <Summary payment={found.payment} />
          <ol className="steps">
            {found.steps.map((step, index) => (
              <li key={`${step.stage}-${index}`} className={step.stage}>
                <p className="step-title">
                  {step.title} <time dateTime={step.at}>{timeOf(step.at)}</time>
                </p>
                {step.text && <p className="muted">{step.text}</p>}
                <dl className="ids">
                  {Object.entries(step.ids).map(([name, value]) => (
                    <div key={name}>
                      <dt>{name}</dt>
                      <dd>
                        <code>{value}</code>
                      </dd>
                    </div>
                  ))}
                </dl>
              </li>
            ))}
          </ol>
        </>
      )}
    </aside>
  );
}

function Summary({ payment }: { payment: Payment }) {
  return (
    <>
      <p className="amount">
        {grouped(payment.amount.text)} <span className="currency">{payment.amount.currency}</span>
      </p>
      <p className="muted">
        {payment.customerName ?? payment.customerId ?? 'Guest'}, {dateOf(payment.receivedAt)}
      </p>
      <p>
        <span className={`chip ${payment.state}`}>{stateWord[payment.state]}</span>{' '}
        <span className={`chip ${payment.reconciliation}`}>{reconciliationWord[payment.reconciliation]}</span>
      </p>
      {payment.reason && <p className="notice">{payment.reason}</p>}
      <dl className="compare">
        <div>
          <dt>Stripe says</dt>
          <dd>
            {grouped(payment.amount.text)} {payment.amount.currency}
          </dd>
        </div>
        <div>
          <dt>The ledger says</dt>
          <dd>{payment.ledgerAmount ? `${grouped(payment.ledgerAmount.text)} ${payment.ledgerAmount.currency}` : 'nothing yet'}</dd>
        </div>
      </dl>
    </>
  );
}
