import type { StripeObject } from './store.js';

/**
 * Shapes of API version 2026-08-26.dahlia, field for field those of its specification's charge, customer, payment intent, refund, balance
 * transaction and event. Source: docs/reference/stripe.md, sections 4, 7, 9; values that nothing here depends on are assumed.
 */
export const apiVersion = '2026-08-26.dahlia';

export interface Address {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly postal_code: string;
  readonly country: string;
}

export interface Billing {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: Partial<Address> | null;
}

/** Who caused an event: an API request, or nobody (null). */
export interface Cause {
  readonly requestId: string;
  readonly idempotencyKey: string | null;
}

export const noAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

export function customerObject(id: string, created: number, fields: Record<string, unknown>): StripeObject {
  return {
    address: null,
    balance: 0,
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    next_invoice_sequence: 1,
    metadata: {},
    name: null,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
    test_clock: null,
    ...fields,
    id,
    object: 'customer',
    created,
    livemode: false,
  };
}

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
    payment_method_details: {
      card: { brand: 'visa', country: 'US', exp_month: 8, exp_year: 2029, funding: 'credit', last4: '4242', network: 'visa' },
      type: 'card',
    },
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

/** A declined card: what the charge says of it, and what the intent and the API's answer say. Wording of one decline, of many. */
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

export function billingDetails(billing: Billing): Record<string, unknown> {
  return { address: { ...noAddress, ...billing.address }, email: billing.email, name: billing.name, phone: billing.phone, tax_id: null };
}

export function refundObject(id: string, created: number, fields: Record<string, unknown>): StripeObject {
  return {
    balance_transaction: null,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: {},
    reason: null,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
    status: 'succeeded',
    ...fields,
    id,
    object: 'refund',
    created,
  };
}

/** What a currency settles in, and at which rate: assumed; the account settles in USD and EUR. `per` keeps the rate an integer fraction. */
const settlement: Readonly<Record<string, { currency: string; times: bigint; per: bigint; rate: number | null }>> = {
  usd: { currency: 'usd', times: 1n, per: 1n, rate: null },
  eur: { currency: 'eur', times: 1n, per: 1n, rate: null },
  jpy: { currency: 'usd', times: 67n, per: 100n, rate: 0.67 },
  gbp: { currency: 'usd', times: 127n, per: 100n, rate: 1.27 },
};

/**
 * The ledger entry of a movement: `net = amount - fee`, settlement currency, integers only (section 9). Fee of a charge: 2.9 % + 30 minor
 * units, rounded half up; refunds return no fee (section 11). The percentages are assumed.
 */
export function balanceTransactionObject(
  id: string,
  created: number,
  of: { type: string; category: string; amount: number; currency: string; source: string; withFee: boolean },
): StripeObject {
  const rule = settlement[of.currency] ?? { currency: of.currency, times: 1n, per: 1n, rate: null };
  const amount = (BigInt(of.amount) * rule.times) / rule.per;
  const fee = of.withFee ? (amount * 29n + 500n) / 1_000n + 30n : 0n;
  return {
    id,
    object: 'balance_transaction',
    amount: Number(amount),
    available_on: created + 2 * 86_400,
    balance_type: 'payments',
    created,
    currency: rule.currency,
    description: null,
    exchange_rate: rule.rate,
    fee: Number(fee),
    fee_details: of.withFee
      ? [{ amount: Number(fee), application: null, currency: rule.currency, description: 'Stripe processing fees', type: 'stripe_fee' }]
      : [],
    net: Number(amount - fee),
    reporting_category: of.category,
    source: of.source,
    status: 'pending',
    type: of.type,
  };
}

export function eventObject(
  id: string,
  created: number,
  type: string,
  object: StripeObject,
  previous: Record<string, unknown> | undefined,
  cause: Cause | null,
): StripeObject {
  return {
    id,
    object: 'event',
    api_version: apiVersion,
    created,
    data: { object: structuredClone(object), ...(previous ? { previous_attributes: previous } : {}) },
    livemode: false,
    pending_webhooks: 1,
    request: { id: cause?.requestId ?? null, idempotency_key: cause?.idempotencyKey ?? null },
    type,
  };
}
