import type { AccountObjects } from './account-objects.js';
import type { Ledger } from './ledger.js';
import { notRefundable, previousAttributes, refundIsOver } from './merchant-rules.js';
import { refundObject } from './objects.js';
import type { Cause } from './objects.js';
import type { StripeObject } from './store.js';

/** What a refund says beside its amount. */
export interface RefundFields {
  readonly reason?: string | null;
  readonly metadata?: Record<string, string>;
  /** `pending`: the bank has not confirmed it; Refunds.succeed and Refunds.fail end that. */
  readonly status?: 'succeeded' | 'pending';
}

/** Refunds: each its own fact, the charge only the running total (section 11). */
export class Refunds {
  constructor(
    private readonly objects: AccountObjects,
    private readonly ledger: Ledger,
  ) {}

  /**
   * Refunds a captured charge at the rate of today; no fee comes back (section 11). Its money leaves at once, pending or not (assumed).
   * @param amount minor units of the charge; all that is left without it.
   */
  create(chargeId: string, amount: number | undefined, fields: RefundFields = {}, cause: Cause | null = null): StripeObject {
    const charge = this.objects.need('charges', chargeId, 'charge', 'charge');
    const left = (charge.amount_captured as number) - (charge.amount_refunded as number);
    const wanted = amount ?? left;
    if (charge.refunded === true || wanted <= 0 || wanted > left || this.isDisputed(chargeId)) throw this.refused(charge, wanted, left);
    const refundId = this.objects.store.newId('re');
    const pending = fields.status === 'pending';
    const refund = refundObject(refundId, this.objects.seconds(), {
      amount: wanted,
      balance_transaction: this.book('refund', 'refund', -wanted, charge.currency as string, refundId, 'REFUND FOR CHARGE').id,
      charge: chargeId,
      currency: charge.currency,
      customer: charge.customer,
      payment_intent: charge.payment_intent,
      payment_method: charge.payment_method,
      reason: fields.reason ?? null,
      metadata: fields.metadata ?? {},
      ...(pending ? { pending_reason: 'processing', status: 'pending' } : {}),
    });
    this.objects.store.put('refunds', refund);
    this.objects.emit('refund.created', refund, undefined, cause);
    this.total(charge, wanted, cause);
    return refund;
  }

  /** The bank confirms a pending refund; or, of one that has succeeded, tells its reference number (events/refund.updated.json). */
  succeed(refundId: string, reference?: string): StripeObject {
    const refund = this.open(refundId);
    const { pending_reason: _reason, ...rest } = refund;
    const details = refund.destination_details as { card: Record<string, unknown> };
    const card = { ...details.card, reference_status: 'available', reference };
    const after = {
      ...rest,
      status: 'succeeded',
      ...(reference === undefined ? {} : { destination_details: { ...details, card } }),
    } as StripeObject;
    this.objects.store.put('refunds', after);
    this.objects.emit('refund.updated', after, previousAttributes(refund, after), null);
    return after;
  }

  /**
   * A refund comes back, up to 30 days after it succeeded (section 11): a movement returns the money at the rate of that day. That the
   * charge counts it no longer, and that refund.updated comes before refund.failed, is assumed.
   */
  fail(refundId: string, reason = 'lost_or_stolen_card'): StripeObject {
    const refund = this.open(refundId);
    const amount = refund.amount as number;
    const back = this.book('refund_failure', 'refund_failure', amount, refund.currency as string, refundId, 'REFUND FAILURE');
    const { pending_reason: _reason, ...rest } = refund;
    const after = { ...rest, status: 'failed', failure_reason: reason, failure_balance_transaction: back.id } as StripeObject;
    this.objects.store.put('refunds', after);
    const previous = { failure_balance_transaction: null, failure_reason: null, status: refund.status };
    this.objects.emit('refund.updated', after, previous, null);
    this.objects.emit('refund.failed', after, previous, null);
    const charge = this.objects.need('charges', refund.charge as string, 'charge');
    const refunded = (charge.amount_refunded as number) - amount;
    this.objects.store.put('charges', { ...charge, amount_refunded: refunded, refunded: false });
    return after;
  }

  private total(charge: StripeObject, amount: number, cause: Cause | null): void {
    const refunded = (charge.amount_refunded as number) + amount;
    const after = { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured };
    this.objects.store.put('charges', after);
    this.objects.emit('charge.refunded', after, previousAttributes(charge, after), cause);
  }

  private book(type: string, category: string, amount: number, currency: string, source: string, description: string): StripeObject {
    const { rate, ...settled } = this.ledger.rates.settle(amount, currency);
    return this.ledger.record({ type, category, ...settled, source, description, rate });
  }

  private open(refundId: string): StripeObject {
    const refund = this.objects.need('refunds', refundId, 'refund', 'refund');
    if (refund.status !== 'pending' && refund.status !== 'succeeded') throw refundIsOver(refund);
    return refund;
  }

  /** No refund while a chargeback is open or was lost (section 11: `is_charge_refundable`). */
  private isDisputed(chargeId: string): boolean {
    const disputes = this.objects.store.all('disputes').filter(({ charge }) => charge === chargeId);
    return disputes.some((dispute) => dispute.is_charge_refundable === false && dispute.status !== 'won');
  }

  private refused(charge: StripeObject, wanted: number, left: number): Error {
    return notRefundable(charge, wanted, left, this.isDisputed(charge.id));
  }
}
