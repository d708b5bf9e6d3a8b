import type { StripeObject } from './store.js';

/**
 * Shapes of API version 2026-08-26.dahlia, field for field those of its specification's charge, customer, payment intent, refund, balance
 * transaction and event. Source: docs/reference/stripe.md, sections 4, 7, 9; values that nothing here depends on are assumed.
 */
export const apiVersion = '2026-08-26.dahlia';

/** A postal address. */
export interface Address {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly state: string | null;
  readonly postal_code: string;
  readonly country: string;
}

/** Billing details of a payment. */
export interface Billing {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly address: Partial<Address> | null;
}

/** The API request that caused an event. Events without a request have no cause (null). */
export interface Cause {
  readonly requestId: string;
  readonly idempotencyKey: string | null;
}

/** An address without any part. */
export const noAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

/** A customer with the given fields; the others as in a new one. @param created seconds since the epoch. */
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

/** Billing details as a charge has them; the address always has its six parts. */
export function billingDetails(billing: Billing): Record<string, unknown> {
  return { address: { ...noAddress, ...billing.address }, email: billing.email, name: billing.name, phone: billing.phone, tax_id: null };
}

/** A refund with the given fields. @param created seconds since the epoch. */
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

/** An event about a copy of an object. @param previous old values of changed fields, for updates. */
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
