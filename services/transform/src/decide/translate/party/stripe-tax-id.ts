import type { TaxId } from '@tributary/contracts';
import type { Reading } from '../told.js';
import type { StripeObject } from '../../stripe-model/stripe-object.js';

/** A tax number. Key and sequence: the customer; the tax number itself where it belongs to the account. */
export const taxIdReading: Reading<{ taxId: TaxId }> = {
  read: ({ object }) => {
    const taxId = taxIdOf(object);
    const key = taxId.customerId ?? taxId.taxIdId;
    return { part: { taxId }, key, sequence: key };
  },
};

/** A Stripe tax id in canonical words. Errors: InvalidStripeObjectError. Source: docs/reference/stripe.md section 7. */
export function taxIdOf(taxId: StripeObject): TaxId {
  const verification = taxId.objectOrNull('verification');
  return {
    taxIdId: taxId.id('id'),
    customerId: taxId.idOrNull('customer') ?? taxId.objectOrNull('owner')?.idOrNull('customer') ?? null,
    type: taxId.text('type'),
    value: taxId.text('value'),
    country: taxId.textOrNull('country'),
    verificationStatus: verification?.textOrNull('status') ?? null,
    verifiedName: verification?.textOrNull('verified_name') ?? null,
    verifiedAddress: verification?.textOrNull('verified_address') ?? null,
  };
}
