import type { AccountObjects } from './account-objects.js';
import type { FeeDetail } from './fees.js';
import type { Ledger } from './ledger.js';
import { notPending } from './merchant-rules.js';
import { declinedError } from './payment-objects.js';
import type { StripeObject } from './store.js';

const bounced = {
  failure_code: 'insufficient_funds',
  failure_message: "The customer's account has insufficient funds to cover this payment.",
};

/** What becomes of a bank debit that was pending (section 9: payment and payment_failure_refund). */
export class BankDebits {
  constructor(
    private readonly objects: AccountObjects,
    private readonly ledger: Ledger,
  ) {}

  /** The bank paid: charge.succeeded days after charge.pending (events/charge.succeeded.us_bank_account.json). */
  clear(chargeId: string): StripeObject {
    const charge = this.pending(chargeId);
    const after = { ...charge, paid: true, status: 'succeeded' };
    this.objects.store.put('charges', after);
    this.objects.emit('charge.succeeded', after, undefined, null);
    const intent = this.objects.need('payment_intents', charge.payment_intent as string, 'payment_intent');
    const paid = { ...intent, amount_received: charge.amount_captured, status: 'succeeded' };
    this.objects.store.put('payment_intents', paid);
    this.objects.emit('payment_intent.succeeded', paid, undefined, null);
    return after;
  }

  /** The bank did not pay: the amount leaves the balance again. That the fee does too is assumed. */
  bounce(chargeId: string): StripeObject {
    const charge = this.pending(chargeId);
    const booked = this.objects.need('balance_transactions', charge.balance_transaction as string, 'balance transaction');
    const undone = this.ledger.record({
      type: 'payment_failure_refund',
      category: 'charge_failure',
      amount: -(booked.amount as number),
      currency: booked.currency as string,
      source: chargeId,
      description: 'REFUND FOR FAILED PAYMENT',
      fees: (booked.fee_details as readonly FeeDetail[]).map((fee) => ({ ...fee, amount: -fee.amount })),
      rate: booked.exchange_rate as number | null,
    });
    const after = { ...charge, ...bounced, failure_balance_transaction: undone.id, status: 'failed' };
    this.objects.store.put('charges', after);
    this.objects.emit('charge.failed', after, undefined, null);
    const intent = this.objects.need('payment_intents', charge.payment_intent as string, 'payment_intent');
    const failed = { ...intent, last_payment_error: { ...declinedError(chargeId), ...bouncedError }, status: 'requires_payment_method' };
    this.objects.store.put('payment_intents', failed);
    this.objects.emit('payment_intent.payment_failed', failed, undefined, null);
    return after;
  }

  private pending(chargeId: string): StripeObject {
    const charge = this.objects.need('charges', chargeId, 'charge', 'charge');
    if (charge.status !== 'pending') throw notPending(charge);
    return charge;
  }
}

const bouncedError = { code: bounced.failure_code, message: bounced.failure_message, decline_code: null };
