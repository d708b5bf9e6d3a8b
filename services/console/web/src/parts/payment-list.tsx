import type { KeyboardEvent } from 'react';
import { useRef } from 'react';
import type { EventState, Payment } from '../api.js';
import { dateOf, grouped, paymentStages, reconciliationWord, stateWord, timeOf } from '../words.js';

const filters: readonly (EventState | undefined)[] = [undefined, 'posted', 'inFlight', 'held', 'deadLettered'];

interface Props {
  readonly payments: readonly Payment[] | undefined;
  readonly error: string | undefined;
  readonly selected: string | undefined;
  readonly filter: EventState | undefined;
  readonly onFilter: (state: EventState | undefined) => void;
  readonly search: string;
  readonly onSearch: (text: string) => void;
  readonly onOpen: (chargeId: string) => void;
}

/** The newest payments. Arrow keys move between rows, Enter opens; every row is one link. */
export function PaymentList({ payments, error, selected, filter, onFilter, search, onSearch, onOpen }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);

  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
    event.preventDefault();
  };

  return (
    <section className="card list" id="payments" aria-labelledby="payments-title">
      <div className="bar-of-tools">
        <h2 id="payments-title">Payments</h2>
        <div role="group" aria-label="Show payments that are" className="segments">
          {filters.map((state) => (
            <button key={state ?? 'all'} type="button" aria-pressed={filter === state} onClick={() => onFilter(state)}>
              {state === undefined ? 'All' : stateWord[state]}
            </button>
          ))}
        </div>
        <label className="search">
          <span className="hidden">Find a payment by any id or name</span>
          <input type="search" placeholder="Find by id or name" value={search} onChange={(event) => onSearch(event.target.value)} />
        </label>
      </div>
      {error !== undefined && (
        <p className="notice bad" role="alert">
          {error}
        </p>
      )}
      {error === undefined && payments === undefined && <p className="notice muted">Loading payments.</p>}
      {payments?.length === 0 && (
        <p className="notice muted">
          {search || filter ? 'No payment among the newest fits.' : 'No payment yet. As soon as Stripe reports one, it appears here.'}
        </p>
      )}
      {payments !== undefined && payments.length > 0 && (
        <div className="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">Received</th>
                <th scope="col">Payment</th>
                <th scope="col">Customer</th>
                <th scope="col" className="number">
                  Amount
                </th>
                <th scope="col" className="stage-column">
                  Stage reached
                </th>
                <th scope="col">State</th>
                <th scope="col">Ledger</th>
              </tr>
            </thead>
            <tbody ref={body} onKeyDown={onKey}>
              {payments.map((payment) => (
                <Row
                  key={payment.chargeId}
                  payment={payment}
                  selected={selected === payment.chargeId || selected === payment.paymentId}
                  onOpen={onOpen}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ payment, selected, onOpen }: { payment: Payment; selected: boolean; onOpen: (chargeId: string) => void }) {
  return (
    <tr aria-selected={selected} onClick={() => onOpen(payment.chargeId)}>
      <td>
        <span className="day">{dateOf(payment.receivedAt)}, </span>
        <time dateTime={payment.receivedAt} title={dateOf(payment.receivedAt)}>
          {timeOf(payment.receivedAt)}
        </time>
      </td>
      <td>
        <a
          href={`/payments/${payment.chargeId}`}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return event.stopPropagation();
            event.preventDefault();
          }}
        >
          <code>{payment.chargeId}</code>
        </a>
      </td>
      <td className="name">{payment.customerName ?? payment.customerId ?? 'Guest'}</td>
      <td className="number">
        {grouped(payment.amount.text)} <span className="currency">{payment.amount.currency}</span>
      </td>
      <td className="stage-column">
        <Progress payment={payment} />
      </td>
      <td>
        <span className={`chip ${payment.state}`} title={payment.reason ?? undefined}>
          {stateWord[payment.state]}
        </span>
      </td>
      <td>
        <span className={`chip ${payment.reconciliation}`}>{reconciliationWord[payment.reconciliation]}</span>
      </td>
    </tr>
  );
}

function Progress({ payment }: { payment: Payment }) {
  const reached = paymentStages.findIndex(({ name }) => name === payment.stage);
  return (
    <span className="progress">
      {paymentStages.map(({ name }, index) => (
        <span key={name} className={index <= reached ? 'dot done' : 'dot'} aria-hidden="true" />
      ))}
      <span className="stage-word">{paymentStages[reached]?.word ?? payment.stage}</span>
    </span>
  );
}
