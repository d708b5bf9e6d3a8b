import type { Dispute, Settlement } from '@tributary/contracts';
import { InvalidStripeObjectError } from '../../errors.js';
import { chargeMoney, settlementOf } from './stripe-charge.js';
import type { StripeEvent } from '../../stripe-model/stripe-event.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { disputeStatuses } from '../../stripe-model/stripe-values.js';
import type { CanonicalFact } from '../mapper.js';

/**
 * A Stripe dispute in canonical words.
 * Units:  amount is positive, in minor units of the charge's currency; settlements are in settlement currency, negative when withdrawn.
 *         Money is in the settlements, never in the amount (docs/reference/stripe.md section 11).
 * Errors: InvalidStripeObjectError also when neither payment intent nor charge is named; UnknownStripeValueError for a status that is not
 *         known: it says whether money moves at all (`warning_*`: none); MoneyError.
 * Source: docs/reference/stripe.md section 11.
 */
export function disputeOf(dispute: StripeObject): Dispute {
  const chargeId = dispute.idOrNull('charge');
  const paymentIntentId = dispute.idOrNull('payment_intent');
  const paymentId = paymentIntentId ?? chargeId;
  if (paymentId === null) {
    const path = `${dispute.path}.charge`;
    throw new InvalidStripeObjectError(`reading a Stripe dispute: ${path} and payment_intent are both missing, so its payment is unknown`, {
      path,
    });
  }
  const status = dispute.word('status', disputeStatuses);
  const refundable = dispute.raw('is_charge_refundable');
  const card = dispute.objectOrNull('payment_method_details')?.objectOrNull('card');
  return {
    disputeId: dispute.id('id'),
    chargeId,
    paymentId,
    paymentIntentId,
    customerId: null,
    amount: chargeMoney(dispute, dispute.integer('amount')),
    status,
    reason: dispute.textOrNull('reason'),
    networkReasonCode: card?.textOrNull('network_reason_code') ?? dispute.textOrNull('network_reason_code'),
    inquiry: status.startsWith('warning_'),
    refundable: typeof refundable === 'boolean' ? refundable : null,
    evidenceDueAt: dispute.objectOrNull('evidence_details')?.timeMsOrNull('due_by') ?? null,
    createdAt: dispute.timeMs('created'),
    settlements: dispute.arrayOf('balance_transactions').flatMap((transaction) => settlementOf(transaction) ?? []),
    metadata: dispute.metadata(),
  };
}

/** Key and sequence of a dispute: its payment. A dispute does not name the customer. */
export function disputeKeyAndSequence({ paymentId }: Dispute): Pick<CanonicalFact, 'key' | 'sequence'> {
  return { key: paymentId, sequence: paymentId };
}

/**
 * The movement that an event about the funds of a dispute tells: the newest balance transaction of that direction. Null when none is told.
 * @param sign -1 for money that was withdrawn, 1 for money that came back.
 */
export function movementOf(event: StripeEvent, dispute: Dispute, sign: -1 | 1): Settlement | null {
  const known = new Set(event.previous?.arrayOf('balance_transactions').map((transaction) => transaction.id('id')));
  const moved = dispute.settlements.filter(({ gross }) => (sign < 0 ? gross.minor < 0n : gross.minor > 0n));
  return moved.filter(({ balanceTransactionId }) => !known.has(balanceTransactionId)).at(-1) ?? null;
}
