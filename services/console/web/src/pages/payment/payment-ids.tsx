import { useQuery } from '@tanstack/react-query';
import { CopyId } from '../../components/copy-id.js';
import { addressPart } from '../../format/text.js';
import type { Payment } from '../../recon/shapes.js';
import { companyQuery } from '../../shell/company-format.js';

/** Ids of a payment to copy, and its page at Stripe. @param account of Stripe; null: the own one. */
export function PaymentIds({ payment, account }: { readonly payment: Payment; readonly account: string | null }) {
  const { chargeId, paymentId, customerId } = payment;
  const ids = [
    ['Charge', chargeId],
    ['Payment', paymentId === chargeId ? null : paymentId],
    ['Customer', customerId],
  ] as const;
  const address = stripeAddress(paymentId ?? chargeId, account, useTestMode());
  return (
    <dl className="ids">
      {ids.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <CopyId id={value} />
            </dd>
          </div>
        ),
      )}
      {address !== undefined && (
        <div>
          <dt>At Stripe</dt>
          <dd>
            <a href={address} target="_blank" rel="noreferrer">
              Open in Stripe
            </a>
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Whether the books are those of Stripe's test mode; the frame has asked already. */
function useTestMode(): boolean {
  return useQuery(companyQuery()).data?.livemode === false;
}

/** A payment's page at Stripe. Undefined for what is no id of a payment there. Source: docs/reference/stripe.md (ids). */
export function stripeAddress(id: string | null, account: string | null, testMode: boolean): string | undefined {
  if (id === null || !/^(?:pi|ch|py)_[A-Za-z0-9_]+$/.test(id)) return undefined;
  const own = account !== null && /^acct_[A-Za-z0-9]+$/.test(account) ? `${account}/` : '';
  return `https://dashboard.stripe.com/${own}${testMode ? 'test/' : ''}payments/${addressPart(id)}`;
}
