import { events } from '@tributary/contracts';
import type { BalanceMovement, Payout, Source } from '@tributary/contracts';
import { Amounts } from '../amounts.js';
import type { CanonicalFact } from '../mapper.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { payoutKeyAndSequence } from './stripe-payout.js';

/**
 * Most movements of a payout that are told one by one, and by their ids: the record of a translation names every fact, and a record has at most
 * a million bytes. A longer payout is told by its groups, which are always of all movements.
 */
export const mostMovementFacts = 10_000;

/** A fact for each member of a payout, in the order of Stripe's list; none for more than {@link mostMovementFacts}. */
export function movementFacts(members: readonly StripeObject[], payout: Payout, source: Source): CanonicalFact[] {
  if (members.length > mostMovementFacts) return [];
  return members.map((member) => ({
    event: events.balanceMovementRecorded,
    value: { source: { ...source, objectId: member.id('id') }, movement: movementOf(member, payout.payoutId) },
    ...payoutKeyAndSequence(payout),
  }));
}

/**
 * A balance transaction in canonical words. Its type and category are told as they are, also when nobody knows them.
 * Units:  minor units of the settlement currency, signed as Stripe does.
 * Errors: InvalidStripeObjectError, MoneyError.
 * Source: docs/reference/stripe.md section 9.
 */
export function movementOf(movement: StripeObject, payoutId: string | null): BalanceMovement {
  const amounts = new Amounts(movement.text('currency'));
  const type = movement.text('type');
  const rate = movement.raw('exchange_rate');
  const sourceObject = typeof movement.raw('source') === 'object' ? movement.objectOrNull('source') : null;
  return {
    movementId: movement.id('id'),
    payoutId,
    type,
    reportingCategory: movement.textOrNull('reporting_category') ?? type,
    balanceType: movement.textOrNull('balance_type'),
    status: movement.text('status'),
    gross: amounts.of(movement, 'amount'),
    fee: amounts.of(movement, 'fee'),
    net: amounts.of(movement, 'net'),
    fees: movement.arrayOf('fee_details').map((fee) => ({
      type: fee.text('type'),
      amount: amounts.of(fee, 'amount'),
      description: fee.textOrNull('description'),
      application: fee.idOrNull('application'),
    })),
    presented: null, // Stripe tells it in the source object only.
    exchangeRateText: typeof rate === 'number' ? String(rate) : null,
    sourceId: movement.idOrNull('source'),
    sourceType: sourceObject?.textOrNull('object') ?? null,
    paymentId: null,
    customerId: null,
    description: movement.textOrNull('description'),
    createdAt: movement.timeMs('created'),
    availableAt: movement.timeMs('available_on'),
  };
}
