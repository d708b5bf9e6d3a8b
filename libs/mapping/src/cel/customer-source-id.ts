import { customerSource, shortReference } from '@tributary/domain';
import type { PostingProfile } from '../assets/posting-profile.js';
import { CustomerUnmatchedError } from '../errors.js';

type Text = string | null;

/** Who paid, as far as a payment tells. */
export interface PayerOfPayment {
  readonly customerId: Text;
  readonly email: Text;
  readonly name: Text;
  readonly paymentId: string;
}

/**
 * The source id of the customer posting of a payment: the Stripe customer, else the guest by e-mail, else the walk-in customer, else a guest
 * of this one payment. @throws {CustomerUnmatchedError} when the payment names nobody and there is no walk-in customer.
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

/** Longest e-mail that stands in a posting key as it is: keys are planted in ERP fields of 100 characters. */
const longestEmailInKey = 64;

/** Stands for one e-mail only: characters that keys cannot hold are replaced, and a short reference tells such e-mails apart. */
function guestId(email: string): string {
  if (email.length > longestEmailInKey) return `guest:${shortReference(email, 32)}`;
  const plain = email.replace(/[^a-z0-9_.:@+-]/g, '_');
  return plain === email ? `guest:${email}` : `guest:${plain}:${shortReference(email, 8)}`;
}
