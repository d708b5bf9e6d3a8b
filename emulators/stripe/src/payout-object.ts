import type { StripeObject } from './store.js';

/** A payout with the given fields; the others as in a new one (events/payout.created.json). @param created seconds since the epoch. */
export function payoutObject(id: string, created: number, fields: Record<string, unknown>): StripeObject {
  return {
    application_fee: null,
    application_fee_amount: null,
    description: 'STRIPE PAYOUT',
    destination: `ba_emulated_${String(fields.currency)}`,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    metadata: {},
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'pending',
    trace_id: { status: 'pending', value: null },
    type: 'bank_account',
    ...fields,
    id,
    object: 'payout',
    created,
    livemode: false,
  };
}

const day = 86_400;

/** Midnight UTC two days later (as in events/payout.created.json); weekends are not left out (assumed). @param seconds since the epoch. */
export function arrivalDate(seconds: number): number {
  return Math.floor(seconds / day) * day + 2 * day;
}
