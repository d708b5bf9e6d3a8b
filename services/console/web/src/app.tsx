import { useMemo, useState } from 'react';
import type { EventState } from './api.js';
import { useLive } from './live.js';
import { Balance } from './parts/balance.js';
import { Header } from './parts/header.js';
import { PaymentList } from './parts/payment-list.js';
import { ReconciliationSummary } from './parts/reconciliation-summary.js';
import { Stages } from './parts/stages.js';
import { Trace } from './parts/trace.js';
import { usePayments } from './payments.js';
import { useRoute } from './route.js';

/** The whole page: the walk above, the payments below, one payment's trace beside them. */
export function App() {
  const { snapshot, connection } = useLive();
  const [route, go] = useRoute();
  const [filter, setFilter] = useState<EventState>();
  const [search, setSearch] = useState('');
  const { payments, error } = usePayments(snapshot, filter);

  const shown = useMemo(() => {
    const wanted = search.trim().toLowerCase();
    if (!wanted) return payments;
    return payments?.filter((payment) =>
      [
        payment.chargeId,
        payment.paymentId,
        payment.customerId,
        payment.customerName,
        payment.eventId,
        ...Object.values(payment.reference ?? {}),
      ].some((text) => text?.toLowerCase().includes(wanted)),
    );
  }, [payments, search]);

  return (
    <>
      <a className="skip" href="#payments">
        Skip to the payments
      </a>
      <Header connection={connection} asOf={snapshot?.stages.asOf} />
      <main>
        <Stages stages={snapshot?.stages.stages} />
        <div className="pair">
          <Balance counts={snapshot?.counts} />
          <ReconciliationSummary summary={snapshot?.reconciliation} />
        </div>
        <div className={route.paymentId === undefined ? 'desk' : 'desk open'}>
          <PaymentList
            payments={shown}
            error={error}
            selected={route.paymentId}
            filter={filter}
            onFilter={setFilter}
            search={search}
            onSearch={setSearch}
            onOpen={(paymentId) => go({ paymentId })}
          />
          {route.paymentId !== undefined && (
            <Trace key={route.paymentId} id={route.paymentId} tick={snapshot?.stages.asOf} onClose={() => go({ paymentId: undefined })} />
          )}
        </div>
      </main>
    </>
  );
}
