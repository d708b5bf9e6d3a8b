import type { Payout } from '@tributary/contracts';
import { money } from '@tributary/domain';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { payoutStatuses } from '../../stripe-model/stripe-values.js';
import type { CanonicalFact } from '../mapper.js';

/**
 * A Stripe payout in canonical words.
 * Units:  amount in minor units of the settlement currency; negative for a debit of the bank account.
 * Errors: InvalidStripeObjectError; UnknownStripeValueError for a status that is not known: it says whether the money reached the bank.
 * Source: docs/reference/stripe.md section 10.
 */
export function payoutOf(payout: StripeObject): Payout {
  return {
    payoutId: payout.id('id'),
    amount: money(payout.integer('amount'), payout.text('currency')),
    status: payout.word('status', payoutStatuses),
    automatic: payout.flag('automatic'),
    method: payout.textOrNull('method'),
    type: payout.textOrNull('type'),
    reconciliationStatus: payout.textOrNull('reconciliation_status'),
    arrivalDate: dayOf(payout.timeMs('arrival_date')),
    createdAt: payout.timeMs('created'),
    balanceTransactionId: payout.idOrNull('balance_transaction'),
    failureBalanceTransactionId: payout.idOrNull('failure_balance_transaction'),
    failureCode: payout.textOrNull('failure_code'),
    failureText: payout.textOrNull('failure_message'),
    destination: payout.idOrNull('destination'),
    originalPayoutId: payout.idOrNull('original_payout'),
    reversedBy: payout.idOrNull('reversed_by'),
    traceId: payout.objectOrNull('trace_id')?.textOrNull('value') ?? null,
    statementDescriptor: payout.textOrNull('statement_descriptor'),
    description: payout.textOrNull('description'),
    metadata: payout.metadata(),
  };
}

/** Key and sequence of everything about one payout. A reversal belongs to the payout that it reverses. */
export function payoutKeyAndSequence({ payoutId, originalPayoutId }: Payout): Pick<CanonicalFact, 'key' | 'sequence'> {
  const id = originalPayoutId ?? payoutId;
  return { key: id, sequence: id };
}

/** The day of a time in UTC, `YYYY-MM-DD`: Stripe tells arrival dates as midnight UTC. */
function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
