import { events } from '@tributary/contracts';
import type { RefundCreated } from '@tributary/contracts';
import { amountCaptured } from './captures.js';
import { UnknownStripeValueError } from '../../errors.js';
import { sourceOf } from '../../stripe-model/stripe-event.js';
import type { StripeEvent } from '../../stripe-model/stripe-event.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { refundKeyAndSequence, refundOf } from './stripe-refund.js';
import { facts, ignored } from '../mapper.js';
import type { CanonicalFact, Mapper } from '../mapper.js';

/**
 * charge.refunded -> one ar.refund-created per refund that is embedded and new; without embedded refunds ignored.
 * Shape:  1 -> 0..n. Until API 2022-11-15 the charge embeds its refunds, newest first, at most ten: those that
 *         previous_attributes lists were told by an earlier event. A refund is known by its refund id, so telling one twice
 *         asks for one document twice, never for two (I3).
 * Errors: InvalidStripeObjectError, UnknownStripeValueError, MoneyError.
 * Source: docs/reference/stripe.md sections 1 (shape changes) and 11 ("Handling both books the refund twice").
 */
export const fromStripeChargeRefunded: Mapper = {
  translate: (event) => {
    // An authorisation that was released is told as a refund of a charge that was never captured.
    if (!event.object.flag('captured') && amountCaptured(event.object) === 0) return ignored('not-captured');
    const made = newRefunds(event).map((refund) => factOf(event, refund));
    return made.length === 0 ? ignored('refund-total-only') : facts(...made);
  },
};

/** Those that previous_attributes does not list; where it lists none but tells the old total, the newest ones that make up the difference. */
function newRefunds(event: StripeEvent): StripeObject[] {
  const { object: charge, previous } = event;
  const embedded = charge.listOf('refunds');
  if (previous?.raw('refunds')) {
    const before = new Set(previous.listOf('refunds').map((refund) => refund.id('id')));
    return embedded.filter((refund) => !before.has(refund.id('id')));
  }
  const before = previous?.integerOrNull('amount_refunded') ?? null;
  if (before === null || embedded.length === 0) return embedded;
  return newestOver(charge.integer('amount_refunded') - before, embedded);
}

/** The first refunds (Stripe lists the newest first) whose amounts add up to `growth`. */
function newestOver(growth: number, refunds: readonly StripeObject[]): StripeObject[] {
  const taken: StripeObject[] = [];
  let left = growth;
  for (const refund of refunds) {
    if (left <= 0) break;
    taken.push(refund);
    left -= refund.integer('amount');
  }
  if (left === 0) return taken;
  throw new UnknownStripeValueError('data.object.refunds', refunds, ['refunds that add up to the growth of amount_refunded']);
}

function factOf(event: StripeEvent, embedded: StripeObject): CanonicalFact<RefundCreated> {
  const refund = refundOf(embedded, {});
  return {
    event: events.refundCreated,
    value: { source: { ...sourceOf(event), objectId: refund.refundId }, refund },
    ...refundKeyAndSequence(refund),
  };
}
