import { noAddress } from './objects.js';
import type { StripeObject } from './store.js';

/** A payment intent with the given fields; the others as in a new one. @param created seconds since the epoch. */
export function paymentIntentObject(id: string, created: number, fields: Record<string, unknown>): StripeObject {
  return {
    allowed_payment_method_types: null,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: { allow_redirects: 'always', enabled: true },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${id.slice(3)}`,
    confirmation_method: 'automatic',
    customer: null,
    customer_account: null,
    description: null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    managed_payments: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_details: { customer_reference: null, order_reference: null },
    payment_method: null,
    payment_method_configuration_details: { id: 'pmc_emulated', parent: null },
    payment_method_options: {
      card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' },
    },
    payment_method_types: ['card'],
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
    status: 'requires_payment_method',
    ...fields,
    id,
    object: 'payment_intent',
    created,
    livemode: false,
  };
}

/** A charge with the given fields; the others as in a successful card payment. @param created seconds since the epoch. */
export function chargeObject(id: string, created: number, fields: Record<string, unknown>): StripeObject {
  return {
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: noAddress, email: null, name: null, phone: null, tax_id: null },
    calculated_statement_descriptor: 'NORTHWIND TOOLS',
    customer: null,
    description: null,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    metadata: {},
    on_behalf_of: null,
    outcome: {
      advice_code: null,
      network_advice_code: null,
      network_decline_code: null,
      network_status: 'approved_by_network',
      reason: null,
      risk_level: 'normal',
      risk_score: 12,
      seller_message: 'Payment complete.',
      type: 'authorized',
    },
    ...paymentMethodDetails('card', false),
    radar_options: {},
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    transfer_data: null,
    transfer_group: null,
    ...fields,
    id,
    object: 'charge',
    created,
    livemode: false,
  };
}

const card = { brand: 'visa', country: 'US', exp_month: 8, exp_year: 2029, funding: 'credit', last4: '4242', network: 'visa' };

/** The details of the one card and the one bank account that pay here. @param multicapture the card payment may be captured in pieces. */
export function paymentMethodDetails(method: string, multicapture: boolean): { payment_method_details: Record<string, unknown> } {
  const details =
    method === 'card'
      ? { card: multicapture ? { ...card, multicapture: { status: 'available' } } : card, type: 'card' }
      : { type: method, [method]: bankAccount };
  return { payment_method_details: details };
}

/** As in events/charge.pending.us_bank_account.json. */
const bankAccount = {
  account_holder_type: 'company',
  account_type: 'checking',
  bank_name: 'STRIPE TEST BANK',
  fingerprint: 'emulatedBank0001',
  last4: '6789',
  mandate: null,
  payment_reference: null,
  routing_number: '110000000',
};

/** Fields of a charge whose card was declined. Only one decline of many is emulated. */
export const declinedCharge = {
  failure_code: 'card_declined',
  failure_message: 'Your card has insufficient funds.',
  outcome: {
    advice_code: 'try_again_later',
    network_advice_code: null,
    network_decline_code: '51',
    network_status: 'declined_by_network',
    reason: 'insufficient_funds',
    risk_level: 'normal',
    risk_score: 33,
    seller_message: 'The bank returned the decline code `insufficient_funds`.',
    type: 'issuer_declined',
  },
};

/** The error of a declined card, in the intent and in the answer of the API. */
export function declinedError(charge: string): {
  type: string;
  code: string;
  message: string;
  [field: string]: unknown;
} {
  return {
    advice_code: 'try_again_later',
    charge,
    code: 'card_declined',
    decline_code: 'insufficient_funds',
    doc_url: 'https://stripe.com/docs/error-codes/card-declined',
    message: declinedCharge.failure_message,
    network_decline_code: '51',
    type: 'card_error',
  };
}
