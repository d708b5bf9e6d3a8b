import { events } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { chargeIdentity, settlementOf } from './stripe-charge.js';
import { sourceOf } from './stripe-event.js';
import type { StripeEvent } from './stripe-event.js';
import { facts, ignored } from './translation.js';
import type { Mapper } from './translation.js';

/**
 * charge.updated -> ar.payment-settled when its balance transaction became known (asynchronous capture); else ignored.
 * Shape:  1 -> 0..1. Fee and net are null when the Stripe API gave no answer; the id of the balance transaction is always told.
 * Units:  amount in the currency of the charge; settlement in settlement currency, another one perhaps.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md section 7, "Asynchronous capture".
 */
export const fromStripeChargeUpdated: Mapper = {
  wishes: (event) => ({ balanceTransactionId: newBalanceTransaction(event) }),
  translate: (event, enrichment) => {
    const balanceTransactionId = newBalanceTransaction(event);
    if (balanceTransactionId === null) return ignored('no-accounting-change');
    const charge = event.object;
    const { key, chargeId, customerId, paymentId } = chargeIdentity(charge);
    const amount = money(charge.integer('amount_captured'), charge.text('currency'));
    const settlement = settlementOf(enrichment.balanceTransaction);
    return facts({
      event: events.paymentSettled,
      value: { source: sourceOf(event), paymentId, chargeId, customerId, amount, balanceTransactionId, settlement },
      key,
      sequence: paymentId,
    });
  },
};

function newBalanceTransaction(event: StripeEvent): string | null {
  const changed = event.previous?.has('balance_transaction') ?? false;
  const settled = event.object.text('status') === 'succeeded' && event.object.boolean('captured');
  return changed && settled ? event.object.idOrNull('balance_transaction') : null;
}
