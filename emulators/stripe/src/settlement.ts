import type { AccountObjects } from './account-objects.js';
import { paymentFees } from './fees.js';
import type { Ledger } from './ledger.js';
import type { StripeObject } from './store.js';

/** Asynchronous capture: the balance transaction follows the success by this much (assumed; Stripe says at most an hour, section 7). */
export const balanceTransactionAfterMs = 400;

const day = 86_400;
/** Payments can be paid out after two days (as in proof/fixtures/stripe/lists); Stripe's schedule depends on the country. */
const availableAfter = 2 * day;

/** Makes the balance transactions of payments: at once, or a while after the capture. */
export class Settlement {
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly objects: AccountObjects,
    private readonly ledger: Ledger,
  ) {}

  /** Schedules the balance transactions that a restart interrupted. */
  resume(): void {
    for (const charge of this.objects.store.all('charges'))
      if (charge.captured === true && charge.balance_transaction === null) this.later(charge.id);
  }

  /** Cancels what is scheduled. */
  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** Number of balance transactions that are still to come. */
  get outstanding(): number {
    return this.timers.size;
  }

  /** Settles a charge a little later, and tells so by charge.updated (section 7). */
  later(chargeId: string): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.objects.store.together(() => this.tell(chargeId));
    }, balanceTransactionAfterMs);
    this.timers.add(timer);
  }

  /** Settles a charge that has no balance transaction yet, and tells so by charge.updated. */
  tell(chargeId: string): void {
    const charge = this.objects.store.get('charges', chargeId);
    if (!charge || charge.balance_transaction) return;
    const after = this.now(charge, charge.amount_captured as number);
    this.objects.emit('charge.updated', after, { balance_transaction: null }, null);
  }

  /** Books what was captured, in the settlement currency at the rate of today. @returns the charge with its balance transaction. */
  now(charge: StripeObject, captured: number): StripeObject {
    const { amount, currency, rate } = this.ledger.rates.settle(captured, charge.currency as string);
    const method = (charge.payment_method_details as { type: string }).type;
    const transaction = this.ledger.record({
      // Card payments are charges, all others payments (section 9).
      type: method === 'card' ? 'charge' : 'payment',
      category: 'charge',
      amount,
      currency,
      source: charge.id,
      description: (charge.description as string | null) ?? null,
      fees: paymentFees(amount, currency, method, rate !== null),
      rate,
      availableAfter,
    });
    const after = { ...charge, balance_transaction: transaction.id };
    this.objects.store.put('charges', after);
    return after;
  }
}
