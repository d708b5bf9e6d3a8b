import { customerSource, shortReference } from '@tributary/domain';
import type { PostingProfile } from '../assets/posting-profile.js';
import { CustomerUnmatchedError } from '../errors.js';

type Text = string | null;

/** What a payment says about its payer. */
export interface PayerOfPayment {
  readonly customerId: Text;
  readonly email: Text;
  readonly name: Text;
  readonly paymentId: string;
}

/**
 * The source id for the customer posting of a payment: the Stripe customer, else the guest by e-mail, else the walk-in customer, else a
 * guest for this payment alone. @throws {CustomerUnmatchedError} when the payment names no payer and there is no walk-in customer.
 */
export function customerSourceId(profile: PostingProfile, { customerId, email, name, paymentId }: PayerOfPayment): string {
  if (customerId) return customerSource(customerId);
  const address = email?.trim().toLowerCase();
  if (address) return guestId(address);
  if (profile.walkInCustomerId) return `guest:walk-in`;
  if (name?.trim()) return `guest:${paymentId}`;
  throw new CustomerUnmatchedError(
    `matching the customer of payment ${paymentId}: it names no customer, no e-mail and no name; set walkInCustomerId in ${profile.path} to book such payments`,
    { payment: paymentId, profile: profile.name.value, file: profile.path },
  );
}

/** Longest e-mail address that is used in a posting key as it is, characters: keys are stored in ERP fields of 100 characters. */
const longestEmailInKey = 64;

/**
 * An id that is unique per e-mail address: characters that keys cannot hold are replaced, and a short reference keeps such addresses apart.
 */
function guestId(email: string): string {
  if (email.length > longestEmailInKey) return `guest:${shortReference(email, 32)}`;
  const plain = email.replace(/[^a-z0-9_.:@+-]/g, '_');
  return plain === email ? `guest:${email}` : `guest:${plain}:${shortReference(email, 8)}`;
}
