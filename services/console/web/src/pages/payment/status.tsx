import { routeOf } from '@tributary/console/routes';
import { Amount } from '../../components/amount.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { addressPart, longTextLimit, visibleText } from '../../format/text.js';
import type { PaymentMoney, PaymentStatus, StatusPart } from '../../recon/story-shapes.js';
import { hrefOf } from '../../shell/address.js';
import { Jump } from './jump.js';

/** Tones that have a colour. */
const tones = new Set(['open', 'underWay', 'settled', 'closed']);

interface Props {
  readonly status: PaymentStatus;
  /** Knows the movement of a payout. */
  readonly money: PaymentMoney | null;
}

/** Where a payment stands, in one sentence; its values lead to what they are about. */
export function Status({ status: { tone, clauses }, money }: Props) {
  return (
    <p className={tones.has(tone) ? `status ${tone}` : 'status'} id="payment-status">
      {clauses.map(({ parts }, index) => (
        <span key={index} className="clause">
          {parts.map((part, place) => (
            <Part key={place} part={part} money={money} />
          ))}
          {index < clauses.length - 1 ? '; ' : '.'}
        </span>
      ))}
    </p>
  );
}

function Part({ part, money }: { readonly part: StatusPart; readonly money: PaymentMoney | null }) {
  const { kind, text, amount, at, leadsTo } = part;
  if (kind === 'amount' && amount !== null) return <Amount amount={amount} />;
  if (kind === 'instant' && at !== null) return <Instant at={at} />;
  const shown = visibleText(text, longTextLimit);
  if (leadsTo === null) return <>{shown}</>;
  if (kind === 'document')
    return (
      <Jump kind="document" id={leadsTo}>
        {shown}
      </Jump>
    );
  const href = kind === 'payout' ? payoutHref(leadsTo, money) : listHref(leadsTo);
  return href === undefined ? <>{shown}</> : <Link href={href}>{shown}</Link>;
}

/** The movement of a payout; without one, all payouts. */
export function payoutHref(payoutId: string, money: PaymentMoney | null): string {
  const movement = money?.payouts.find((one) => one.payoutId === payoutId)?.movementId;
  return movement ? hrefOf('/movements', { id: movement }) : hrefOf('/movements', { kind: 'paidOut' });
}

/** The page of a list of recon; of one letter its own page, where there is one. Undefined where nothing shows it. */
export function listHref(list: string): string | undefined {
  const letter = /^\/dead-letters\/(?!parked$)([^/?]+)$/.exec(list)?.[1];
  if (letter !== undefined) {
    const page = `/letters/${addressPart(letter)}`;
    return routeOf(page) ? page : '/dead-letters';
  }
  const page = list.replace(/^\/dead-letters\/parked\b/, '/parked');
  return routeOf(page.split('?')[0] ?? '') ? page : undefined;
}
