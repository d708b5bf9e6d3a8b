import { events } from '@tributary/contracts';
import { money } from '@tributary/domain';
import { PayoutMembersUnknownError } from '../../errors.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import { requiredNow } from '../enrichment.js';
import { facts } from '../mapper.js';
import type { CanonicalFact, Mapper } from '../mapper.js';
import { payoutGroups } from './payout-groups.js';
import { movementFacts } from './balance-movement.js';
import { payoutKeyAndSequence, payoutOf } from './stripe-payout.js';

/**
 * payout.reconciliation_completed -> treasury.payout-itemised, treasury.payout-reconciled and a
 * treasury.balance-movement-recorded for each member: what the payout consists of.
 * Shape:  1 -> 2 + members (up to {@link mostMovementFacts}), from the whole list of its balance transactions, which Stripe completes before it sends this event. The movement of the
 *         payout itself is in no group.
 * Units:  minor units of the settlement currency, signed as Stripe does.
 * Errors: EnrichmentUnavailableError while Stripe does not answer; PayoutMembersUnknownError when it has no list, or the list holds a
 *         movement in another currency than the payout's; InvalidStripeObjectError; UnknownStripeValueError; MoneyError.
 * Source: docs/reference/stripe.md section 10.
 */
export const fromStripePayoutReconciliationCompleted: Mapper = {
  enrichmentNeeded: (event) => requiredNow('payout_movements', event.object.id('id')),
  translate: (event, { payout_movements: list }) => {
    const payout = payoutOf(event.object);
    const { payoutId, amount } = payout;
    if (!list)
      throw new PayoutMembersUnknownError(
        `itemising payout ${payoutId}: Stripe gave no list of its balance transactions; set STRIPE_API_KEY for an account that may read them, then replay this event`,
        { payout: payoutId },
      );
    const members = list.arrayOf('data').filter((movement) => movement.id('id') !== payout.balanceTransactionId);
    const groups = payoutGroups(members);
    const stranger = groups.find(({ currency }) => currency !== amount.currency);
    if (stranger)
      throw new PayoutMembersUnknownError(
        `itemising payout ${payoutId} over ${amount.currency}: its list has movements in ${stranger.currency}`,
        {
          payout: payoutId,
        },
      );
    const total = groups.reduce((sum, { net }) => sum + net.minor, 0n);
    const counted = {
      movementCount: members.length,
      difference: money(amount.minor - total, amount.currency),
    };
    const source = sourceOf(event);
    const where = payoutKeyAndSequence(payout);
    const made: CanonicalFact[] = [
      { event: events.payoutItemised, value: { source, payout, groups, ...counted }, ...where },
      { event: events.payoutReconciled, value: { source, payout, movementTotal: money(total, amount.currency), ...counted }, ...where },
    ];
    return facts(...made, ...movementFacts(members, payout, source));
  },
};
