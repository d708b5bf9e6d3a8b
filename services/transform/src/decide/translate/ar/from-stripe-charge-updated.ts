import { events } from '@tributary/contracts';
import { amountCaptured, captureOfUpdate } from './captures.js';
import { paymentEnrichment, paymentReceived } from './payment-received.js';
import { chargeIdentity, chargeMoney, settlementOf } from './stripe-charge.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import type { StripeEvent } from '../../stripe-model/stripe-event.js';
import { requiredFor } from '../enrichment.js';
import { facts } from '../mapper.js';
import type { Mapper } from '../mapper.js';

/**
 * charge.updated -> ar.payment-received when it tells a capture (`amount_captured` grew: multicapture); ar.payment-settled when its balance
 * transaction became known (asynchronous capture); else ignored.
 * Shape:  1 -> 0..1. Fee and net are null when Stripe has no such balance transaction, or there is no API key; its id is always told.
 * Units:  amount in the currency of the charge; settlement in settlement currency, another one perhaps.
 * Errors: InvalidStripeObjectError, UnknownStripeValueError, SettlementUnknownError, MoneyError.
 * Source: docs/reference/stripe.md section 7, "Asynchronous capture"; {@link captureOfUpdate}.
 */
export const fromStripeChargeUpdated: Mapper = {
  enrichmentNeeded: (event, policy) => {
    const capture = captureOfUpdate(event);
    return capture.kind === 'captured'
      ? paymentEnrichment(event, capture, policy)
      : requiredFor('balance_transaction', newBalanceTransaction(event));
  },
  translate: (event, enrichment, policy) => {
    const capture = captureOfUpdate(event);
    const balanceTransactionId = newBalanceTransaction(event);
    if (capture.kind === 'captured' || balanceTransactionId === null) return paymentReceived(event, capture, enrichment, policy);
    const charge = event.object;
    const { key, chargeId, customerId, paymentId } = chargeIdentity(charge);
    const amount = chargeMoney(charge, amountCaptured(charge));
    const settlement = settlementOf(enrichment.balance_transaction);
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
  const settled = event.object.raw('status') === 'succeeded' && event.object.raw('captured') === true;
  return changed && settled ? event.object.idOrNull('balance_transaction') : null;
}
