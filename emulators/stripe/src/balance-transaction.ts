import type { FeeDetail } from './fees.js';
import type { StripeObject } from './store.js';

/** One movement of the account's balance, before it has an id. Amounts are minor units of `currency`, the settlement currency. */
export interface Movement {
  readonly type: string;
  readonly category: string;
  /** Negative: money leaves. */
  readonly amount: number;
  readonly currency: string;
  readonly source: string | null;
  readonly description: string | null;
  readonly fees?: readonly FeeDetail[];
  readonly rate?: number | null;
  /** Seconds from its creation until it can be paid out; 0 for what is available at once. */
  readonly availableAfter?: number;
}

/** A movement as Stripe shows it: `net = amount - fee`, and `fee_details` add up to `fee` (section 9). @param created seconds. */
export function balanceTransactionObject(id: string, created: number, movement: Movement): StripeObject {
  const fees = movement.fees ?? [];
  const fee = fees.reduce((sum, { amount }) => sum + amount, 0);
  const after = movement.availableAfter ?? 0;
  return {
    id,
    object: 'balance_transaction',
    amount: movement.amount,
    available_on: created + after,
    balance_type: 'payments',
    created,
    currency: movement.currency,
    description: movement.description,
    exchange_rate: movement.rate ?? null,
    fee,
    fee_details: fees,
    net: movement.amount - fee,
    reporting_category: movement.category,
    source: movement.source,
    status: after > 0 ? 'pending' : 'available',
    type: movement.type,
  };
}

/** The transaction with the status that it has at that moment: pending until `available_on` (section 9). @param seconds since the epoch. */
export function asOf(transaction: StripeObject, seconds: number): StripeObject {
  const status = (transaction.available_on as number) <= seconds ? 'available' : 'pending';
  return transaction.status === status ? transaction : { ...transaction, status };
}
