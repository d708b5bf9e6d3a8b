import type { Movement } from './balance-transaction.js';
import type { Ledger } from './ledger.js';
import type { StripeObject } from './store.js';

/** What Stripe books by itself, without an object of its own and without an event (section 9; texts as in proof/fixtures/stripe/lists). */
export class StripeCharges {
  constructor(private readonly ledger: Ledger) {}

  /** A usage fee: Radar, Billing and the like. @param amount more than 0, minor units. */
  usageFee(amount: number, currency: string, description: string): StripeObject {
    return this.book({ type: 'stripe_fee', category: 'fee', amount: -amount, currency, description });
  }

  /** Tax on Stripe's fees. @param amount more than 0, minor units. */
  taxOnFees(amount: number, currency: string, description: string): StripeObject {
    return this.book({ type: 'tax_fee', category: 'tax', amount: -amount, currency, description });
  }

  /** Stripe keeps a reserve, or with a negative amount gives it back. The other half, in the reserve itself, is not shown (as in the fixtures). */
  reserve(amount: number, currency: string): StripeObject {
    const description = amount < 0 ? 'Funds released from reserve' : 'Funds held in reserve';
    return this.book({ type: 'reserved_funds', category: 'risk_reserved_funds', amount: -amount, currency, description });
  }

  /** Any other movement, for types that nothing else here makes. */
  any(movement: Pick<Movement, 'type' | 'category' | 'amount' | 'currency'> & Partial<Movement>): StripeObject {
    return this.book(movement);
  }

  private book(movement: Pick<Movement, 'type' | 'category' | 'amount' | 'currency'> & Partial<Movement>): StripeObject {
    return this.ledger.record({ source: null, description: null, ...movement });
  }
}
