import type { AccountObjects } from './account-objects.js';
import { billingDetails } from './objects.js';
import type { Billing } from './objects.js';
import { chargeObject, paymentMethodDetails } from './payment-objects.js';
import type { StripeObject } from './store.js';

/** Stores the charge of an intent, with the billing details that are given or those of its customer. */
export function newCharge(
  { store, timeline }: AccountObjects,
  intent: StripeObject,
  billing: Billing | undefined,
  fields: Record<string, unknown>,
): StripeObject {
  const { amount, currency, customer, description, metadata } = intent;
  const method = (intent.payment_method_types as string[])[0] as string;
  const multicapture = (intent.payment_method_options as { card?: { request_multicapture?: string } }).card?.request_multicapture;
  const owner = customer === null ? undefined : store.get('customers', customer as string);
  const charge = chargeObject(store.newId(method === 'card' ? 'ch' : 'py'), timeline.seconds(), {
    ...{ amount, currency, customer, description, metadata },
    billing_details: billingDetails(billing ?? billingOf(owner)),
    payment_intent: intent.id,
    payment_method: store.newId('pm'),
    ...paymentMethodDetails(method, multicapture !== undefined),
    ...fields,
  });
  store.put('charges', charge);
  return charge;
}

function billingOf(customer: StripeObject | undefined): Billing {
  return {
    name: (customer?.name as string | null) ?? null,
    email: (customer?.email as string | null) ?? null,
    phone: (customer?.phone as string | null) ?? null,
    address: (customer?.address as Billing['address']) ?? null,
  };
}
