import type { Address, Customer, Shipping } from '@tributary/contracts';
import type { StripeObject } from '../../stripe-model/stripe-object.js';
import { plainText } from '../../stripe-model/stripe-text.js';

/**
 * A Stripe customer in canonical words.
 * Shape:  1 customer -> 1 customer. Sources, subscriptions and tax ids, embedded before 2020-08-27, are left out.
 * Units:  created is seconds since the epoch; createdAt milliseconds.
 * Errors: InvalidStripeObjectError.
 * Source: docs/reference/stripe.md section 7.
 */
export function customerOf(customer: StripeObject): Customer {
  const locales = customer.raw('preferred_locales');
  const locale: unknown = Array.isArray(locales) ? locales[0] : null;
  return {
    customerId: customer.id('id'),
    name: customer.textOrNull('name'),
    email: customer.textOrNull('email'),
    phone: customer.textOrNull('phone'),
    description: customer.textOrNull('description'),
    address: addressOf(customer.objectOrNull('address')),
    shipping: shippingOf(customer.objectOrNull('shipping')),
    currency: customer.textOrNull('currency')?.toUpperCase() ?? null,
    taxExempt: customer.textOrNull('tax_exempt'),
    locale: typeof locale === 'string' ? plainText(locale) || null : null,
    createdAt: customer.timeMsOrNull('created'),
    metadata: customer.metadata(),
  };
}

/** An address, or null when none of its parts is given. */
export function addressOf(address: StripeObject | null): Address | null {
  if (!address) return null;
  const parts: Address = {
    line1: address.textOrNull('line1'),
    line2: address.textOrNull('line2'),
    city: address.textOrNull('city'),
    state: address.textOrNull('state'),
    postalCode: address.textOrNull('postal_code'),
    country: address.textOrNull('country'),
  };
  return Object.values(parts).every((part) => part === null) ? null : parts;
}

function shippingOf(shipping: StripeObject | null): Shipping | null {
  if (!shipping) return null;
  return { name: shipping.textOrNull('name'), phone: shipping.textOrNull('phone'), address: addressOf(shipping.objectOrNull('address')) };
}

/** The customer as read anew when it is there, else the snapshot of the event: a re-read never is the older of the two. */
export function newestCustomer(snapshot: StripeObject, reread: StripeObject | undefined): Customer {
  return customerOf(reread && reread.raw('deleted') !== true ? reread : snapshot);
}
