import type { KeyboardEvent, MouseEvent } from 'react';
import { Amount } from '../../components/amount.js';
import { Link } from '../../components/link.js';
import { ListBody, rowCountOf } from '../../components/list-body.js';
import type { RowAttributes } from '../../components/list-body.js';
import { visibleText } from '../../format/text.js';
import { dateOf, instantFrom, timeOf } from '../../format/time.js';
import type { Payment } from '../../recon/shapes.js';
import { paymentHref } from '../../shell/address.js';
import { navigate } from '../../shell/navigation.js';
import { moveRow } from '../../shell/rows.js';
import { Section } from '../../shell/section.js';
import { Progress, ReconciliationChip, StandingChip } from './chips.js';

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
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    moveRow(event.key === 'ArrowDown' ? 1 : -1);
    event.preventDefault();
  };

  if (payments === undefined) return <p className="notice muted">Loading payments.</p>;
  if (payments.length === 0) return <p className="notice muted">{none}</p>;
  const said = rowCountOf(payments.length);
  return (
    <div className="scroll payments">
      <table aria-rowcount={said === undefined ? undefined : said + 1}>
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
        <ListBody
          count={payments.length}
          onKeyDown={onKey}
          draw={(index, attributes) => {
            const payment = payments[index];
            return (
              payment && (
                <Row
                  key={keyOf(payment, index)}
                  payment={payment}
                  selected={isSelected(payment, selected)}
                  query={query}
                  attributes={attributes}
                />
              )
            );
          }}
        />
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

interface RowProps {
  readonly payment: Payment;
  readonly selected: boolean;
  readonly query: Props['query'];
  readonly attributes: RowAttributes;
}

function Row({ payment, selected, query, attributes }: RowProps) {
  const id = idOf(payment);
  const href = id === null ? undefined : paymentHref(id, { ...query, part: payment.part });
  const onClick = (event: MouseEvent): void => {
    if (href !== undefined && !event.defaultPrevented && window.getSelection()?.toString() === '') navigate(href);
  };
  const received = instantFrom(payment.receivedAt);
  return (
    <tr aria-selected={selected} onClick={onClick} {...attributes}>
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

/** The table in a section of its own, which shows an error when the table cannot be rendered. */
export function PaymentTableSection(props: Props) {
  return (
    <Section what="The list of payments" retryOn={props.payments}>
      <PaymentTable {...props} />
    </Section>
  );
}
