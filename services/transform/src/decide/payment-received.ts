import { events } from '@tributary/contracts';
import type { PaymentReceived } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { InvalidStripeObjectError } from './errors.js';
import { chargeIdentity, payerOf, paymentMethodOf, settlementOf } from './stripe-charge.js';
import { customerOf } from './stripe-customer.js';
import { sourceOf } from './stripe-event.js';
import type { StripeEvent } from './stripe-event.js';
import { facts, ignored } from './translation.js';
import type { Enrichment, Translation, Wishes } from './translation.js';

/** A customer to match by, and fee and net where the balance transaction is known already. Both nice to have. */
export function paymentWishes(event: StripeEvent): Wishes {
  return { customerId: event.object.idOrNull('customer'), balanceTransactionId: event.object.idOrNull('balance_transaction') };
}

/**
 * A captured, succeeded charge -> ar.payment-received, gross of fees.
 * Shape:  1 charge -> 1 payment. The same for charge.succeeded and charge.captured; both carry the same charge id, so that
 *         the posting key is the same and a charge is booked once (I3).
 * Units:  amount_captured is an integer in minor units of charge.currency and is carried over unscaled (I5). receivedAt is when
 *         the money became ours: the time of the event, not of the charge, which for bank debits and late captures is days older.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md sections 7 (asynchronous capture, guests) and 8.
 */
export function paymentReceived(event: StripeEvent, enrichment: Enrichment): Translation {
  const charge = event.object;
  const status = charge.text('status');
  if (status !== 'succeeded') return ignored('not-succeeded', `charge status ${status}`);
  if (!charge.boolean('captured')) return ignored('not-captured');

  const amountCaptured = charge.integer('amount_captured');
  if (amountCaptured <= 0) {
    const path = 'data.object.amount_captured';
    throw new InvalidStripeObjectError(`reading a Stripe object: ${path} of a captured charge should be more than 0`, { path });
  }

  const { key, ...identity } = chargeIdentity(charge);
  const known = enrichment.customer?.raw('deleted') === true ? undefined : enrichment.customer;
  const value: PaymentReceived = {
    source: sourceOf(event),
    ...identity,
    part: null,
    customer: known ? customerOf(known) : null,
    payer: payerOf(charge),
    amount: money(amountCaptured, charge.text('currency')),
    receivedAt: event.created * 1000,
    method: paymentMethodOf(charge),
    description: charge.textOrNull('description'),
    balanceTransactionId: charge.idOrNull('balance_transaction'),
    settlement: settlementOf(enrichment.balanceTransaction),
    metadata: charge.metadata(),
  };
  return facts({ event: events.paymentReceived, value, key, sequence: identity.paymentId });
}
