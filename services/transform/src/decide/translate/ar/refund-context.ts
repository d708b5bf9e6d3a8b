import type { RefundedSale } from '@tributary/contracts';
import type { Money } from '@tributary/domain';
import { money } from '@tributary/domain';
import { amountCaptured } from './captures.js';
import { refundedSale } from './sale.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import type { Enrichment } from '../enrichment.js';

/** What a refund has to be booked with beside itself. Null where it could not be read. */
export interface RefundContext {
  readonly paymentAmount: Money | null;
  readonly refundedBefore: Money | null;
  readonly sale: RefundedSale | null;
}

/** Refunds in these states gave no money back, so they do not count. Source: docs/reference/stripe.md section 11. */
const givingNothing = new Set(['failed', 'canceled']);

/**
 * The payment of a refund and what was given back of it before, from the charge and the list of its refunds as they are now.
 *
 * Refunds are ordered by the second they were made and, within one second, by their ids, so two refunds of one second have one order whichever
 * event comes first. A refund that failed since does not count: the money it had given came back.
 * Units:  minor units of the charge's currency.
 * Source: docs/reference/stripe.md section 11.
 */
export function refundContext(refund: StripeObject, enrichment: Enrichment): RefundContext {
  const { charge, charge_refunds: refunds } = enrichment;
  const currency = refund.text('currency');
  return {
    paymentAmount: charge ? money(amountCaptured(charge), currency) : null,
    refundedBefore: refunds ? money(sumBefore(refund, refunds.arrayOf('data')), currency) : null,
    sale: refundedSale(enrichment, currency),
  };
}

function sumBefore(refund: StripeObject, refunds: readonly StripeObject[]): number {
  const own = orderOf(refund);
  return refunds
    .filter((other) => !givingNothing.has(other.textOrNull('status') ?? '') && isBefore(orderOf(other), own))
    .reduce((sum, other) => sum + other.integer('amount'), 0);
}

function orderOf(refund: StripeObject): readonly [number, string] {
  return [refund.timeMs('created'), refund.id('id')];
}

function isBefore([createdA, idA]: readonly [number, string], [createdB, idB]: readonly [number, string]): boolean {
  return createdA === createdB ? idA < idB : createdA < createdB;
}
