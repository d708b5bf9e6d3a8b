import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';
import { labelOf } from '../../components/chip.js';
import { Amount } from '../../components/amount.js';
import { Link } from '../../components/link.js';
import { longTextLimit, visibleText } from '../../format/text.js';
import { dateOf } from '../../format/time.js';
import { amountLine } from '../../format/amount.js';
import { stateLabels } from '../../recon/labels.js';
import type { Payment, Trace } from '../../recon/shapes.js';
import { hrefOf, paymentHref } from '../../shell/address.js';
import { goBack } from '../../shell/navigation.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { filtersOf } from '../payments/filters.js';
import { ReconciliationChip, StandingChip } from '../payments/chips.js';
import { useTrace } from './api.js';
import { Captures, Masked } from './captures.js';
import { CompareSteps } from './compare-steps.js';
import type { ChosenPair } from './compare-steps.js';
import { Comparison } from './comparison.js';
import { Documents } from './documents.js';
import { usePlaceOfAddress } from './in-place.js';
import { basisLabels } from './labels.js';
import { Money } from './money.js';
import { NewsNotice } from './news.js';
import { PaymentIds } from './payment-ids.js';
import { Status } from './status.js';
import { Steps } from './steps.js';

const route = getRouteApi('/console/payments/$id');

/** The payment of the address, beside the list. */
export function PaymentPage() {
  const { id } = route.useParams();
  const { part = null, alone, left = null, right = null, ...search } = route.useSearch();
  const filters = filtersOf(search);
  const list = hrefOf('/payments', filters);
  const onClose = useCallback(() => goBack(list), [list]);
  return (
    <Section what="The payment" retryOn={id}>
      <PaymentPanel
        key={`${id}/${part ?? ''}`}
        id={id}
        part={part}
        alone={alone === 'true'}
        chosen={{ left, right }}
        query={filters}
        onClose={onClose}
      />
    </Section>
  );
}

interface Props {
  readonly id: string;
  readonly part: string | null;
  /** Without the list beside it. */
  readonly alone: boolean;
  /** Which two steps stand side by side. */
  readonly chosen: ChosenPair;
  readonly query: Readonly<Record<string, string | null>>;
  readonly onClose: () => void;
}

/** One payment from webhook to ledger: where it stands, what happened to it afterwards, both sides of it, and every step. Escape closes it. */
export function PaymentPanel({ id, part, alone, chosen, query, onClose }: Props) {
  const { trace, problem } = useTrace(id);
  const heading = useRef<HTMLHeadingElement>(null);
  const payment = trace && (trace.captures.find((capture) => part !== null && capture.part === part) ?? trace.payment);
  useTitle(['Payment', ...(payment?.amount ? [amountLine(payment.amount)] : []), id].join(' '));

  useEffect(() => heading.current?.focus(), [id]);
  usePlaceOfAddress(trace !== undefined);
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
        <span className="tools">
          <Link href={paymentHref(id, { ...query, part, alone: alone ? null : 'true' })}>{alone ? 'Beside the list' : 'Alone'}</Link>
          <button type="button" onClick={onClose} aria-label="Close the payment">
            Close
          </button>
        </span>
      </div>
      {problem !== undefined && (
        <p className="notice bad" role="alert">
          {problem}
        </p>
      )}
      {problem === undefined && trace === undefined && <p className="notice muted">Loading the payment.</p>}
      {trace !== undefined && payment !== undefined && (
        <>
          <Section what="The summary of this payment" retryOn={trace}>
            <Summary payment={payment} trace={trace} />
            <PaymentIds payment={payment} account={trace.account} />
            <Captures captures={trace.captures} shown={payment} query={query} />
          </Section>
          <Section what="The documents of this payment" retryOn={trace}>
            <Documents documents={trace.documents} />
          </Section>
          <Section what="The steps of this payment" retryOn={trace}>
            <Steps steps={trace.steps} news={payment.news} />
          </Section>
          <Section what="The comparison of two steps" retryOn={trace}>
            <CompareSteps
              trace={trace}
              chosen={chosen}
              hrefOf={(pair) => paymentHref(id, { ...query, part, alone: alone ? 'true' : null, ...pair })}
            />
          </Section>
        </>
      )}
    </aside>
  );
}

/** Everything about a payment that is no step. @param trace of its charge; undefined where only a row is known. */
export function Summary({ payment, trace }: { readonly payment: Payment; readonly trace?: Pick<Trace, 'status' | 'money'> }) {
  const { status = null, money = null } = trace ?? {};
  return (
    <>
      <p className="amount">
        <Amount amount={payment.amount} absent="Amount not known" />
      </p>
      <p className="muted">
        {visibleText(payment.customerName ?? payment.customerId ?? 'Guest')}, {dateOf(payment.receivedAt)}
        {payment.part !== null && <>, capture {visibleText(payment.part, 60)} of its charge</>}
      </p>
      <p className="chips">
        <StandingChip payment={payment} /> <ReconciliationChip payment={payment} />
      </p>
      {status !== null && <Status status={status} money={money} />}
      {status === null && payment.standingReason !== null && <p className="notice">{visibleText(payment.standingReason, longTextLimit)}</p>}
      {payment.reason !== null && payment.reason !== payment.standingReason && (
        <p className="notice muted">
          Its event is {labelOf(stateLabels, payment.state).toLowerCase()}: {visibleText(payment.reason, longTextLimit)}
        </p>
      )}
      <NewsNotice payment={payment} />
      {money === null ? <Comparison payment={payment} /> : <Money money={money} />}
      {payment.reconciliationText !== null && payment.reconciliationText !== payment.standingReason && (
        <p className="notice">{visibleText(payment.reconciliationText, longTextLimit)}</p>
      )}
      {payment.reconciliationBasis !== null && <p className="muted">{labelOf(basisLabels, payment.reconciliationBasis)}</p>}
      <Masked fields={payment.masked} />
    </>
  );
}
