import type { KeyboardEvent, MouseEvent } from 'react';
import { useRef } from 'react';
import { Amount } from '../../components/amount.js';
import { Chip, labelOf } from '../../components/chip.js';
import { Link } from '../../components/link.js';
import { visibleText } from '../../format/text.js';
import { dateOf, instantFrom, timeOf } from '../../format/time.js';
import {
  ourReadingOnly,
  paymentStageLabels,
  paymentStages,
  reconciliationLabels,
  standingLabels,
  stateLabels,
} from '../../recon/labels.js';
import type { Payment } from '../../recon/shapes.js';
import { paymentHref } from '../../shell/address.js';
import { navigate } from '../../shell/navigation.js';
import { Section } from '../../shell/section.js';

interface Props {
  readonly payments: readonly Payment[] | undefined;
  /** Text of an empty list. */
  readonly none: string;
  /** The id (and part) of the payment that is opened beside the list. */
  readonly selected: { readonly id: string; readonly part: string | null } | undefined;
  /** Filters to keep in the address of a payment, so that the list beside it stays the same. */
  readonly query: Readonly<Record<string, string | null>>;
}

/** Payments as rows. Arrow keys move between rows and Enter opens one; every row is a single link. */
export function PaymentTable({ payments, none, selected, query }: Props) {
  const body = useRef<HTMLTableSectionElement>(null);
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const links = [...(body.current?.querySelectorAll<HTMLAnchorElement>('a') ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)]?.focus();
    event.preventDefault();
  };

  if (payments === undefined) return <p className="notice muted">Loading payments.</p>;
  if (payments.length === 0) return <p className="notice muted">{none}</p>;
  return (
    <div className="scroll payments">
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
            <th scope="col">Standing</th>
            <th scope="col" className="ledger-column">
              Ledger
            </th>
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={onKey}>
          {payments.map((payment, index) => (
            <Row key={keyOf(payment, index)} payment={payment} selected={isSelected(payment, selected)} query={query} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The id under which a payment is opened. A payment whose event could not be read has only the id of the event. */
export function idOf(payment: Payment): string | null {
  return payment.chargeId ?? payment.paymentId ?? payment.eventId;
}

function keyOf(payment: Payment, index: number): string {
  const id = idOf(payment);
  return id === null ? String(index) : `${id}/${payment.part ?? ''}/${payment.eventId ?? index}`;
}

function isSelected(payment: Payment, selected: Props['selected']): boolean {
  if (selected === undefined) return false;
  const ids = [payment.chargeId, payment.paymentId, payment.eventId];
  return ids.includes(selected.id) && (selected.part === null || selected.part === payment.part);
}

function Row({ payment, selected, query }: { payment: Payment; selected: boolean; query: Props['query'] }) {
  const id = idOf(payment);
  const href = id === null ? undefined : paymentHref(id, { ...query, part: payment.part });
  const onClick = (event: MouseEvent): void => {
    if (href !== undefined && !event.defaultPrevented && window.getSelection()?.toString() === '') navigate(href);
  };
  const received = instantFrom(payment.receivedAt);
  return (
    <tr aria-selected={selected} onClick={onClick}>
      <td className="received">
        {received !== undefined && <span className="day">{dateOf(payment.receivedAt)}, </span>}
        <time dateTime={received} title={dateOf(payment.receivedAt)}>
          {timeOf(payment.receivedAt)}
        </time>
      </td>
      <td className="id">
        {href === undefined ? (
          <span className="muted">no id</span>
        ) : (
          <Link href={href}>
            <code>{visibleText(id ?? '', 80)}</code>
          </Link>
        )}
        {payment.part !== null && <span className="part"> part {visibleText(payment.part, 40)}</span>}
      </td>
      <td className="name">{visibleText(payment.customerName ?? payment.customerId ?? 'Guest')}</td>
      <td className="number">
        <Amount amount={payment.amount} absent="not known" />
      </td>
      <td className="stage-column">
        <Progress stage={payment.stage} />
      </td>
      <td>
        <StandingChip payment={payment} />
      </td>
      <td className="ledger-column">
        <ReconciliationChip payment={payment} />
      </td>
    </tr>
  );
}

/** The standing of a payment. Versions of recon without standings report only the state of its event. */
export function StandingChip({ payment }: { readonly payment: Payment }) {
  const reason = payment.standingReason ?? payment.reason;
  return payment.standing === null ? (
    <Chip labels={stateLabels} word={payment.state} title={reason} />
  ) : (
    <Chip labels={standingLabels} word={payment.standing} title={reason} />
  );
}

/** The state of the comparison with the ledger. "Matched" is marked when Stripe's balance transaction was not used. */
export function ReconciliationChip({ payment }: { readonly payment: Payment }) {
  const ownReading = payment.reconciliation === 'matched' && payment.reconciliationBasis === 'our-reading';
  return (
    <Chip
      labels={reconciliationLabels}
      word={payment.reconciliation}
      title={ownReading ? `Matched, ${ourReadingOnly}` : null}
      suffix={ownReading ? '*' : ''}
    />
  );
}

function Progress({ stage }: { readonly stage: string | null }) {
  const reached = stage === null ? -1 : paymentStages.indexOf(stage);
  return (
    <span className="progress">
      {paymentStages.map((name, index) => (
        <span key={name} className={index <= reached ? 'dot done' : 'dot'} aria-hidden="true" />
      ))}
      <span className="stage-word">{labelOf(paymentStageLabels, stage, 'Not understood')}</span>
    </span>
  );
}

/** The table in a section of its own, which shows an error when the table cannot be rendered. */
export function PaymentTableSection(props: Props) {
  return (
    <Section what="The list of payments" retryOn={props.payments}>
      <PaymentTable {...props} />
    </Section>
  );
}
