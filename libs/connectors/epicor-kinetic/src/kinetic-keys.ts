import type { PostingKey } from '@tributary/domain';
import { parsePostingKey, shortReference } from '@tributary/domain';

/** Length that the installation guide (README.md) asks for in the UD columns, characters. */
const udLength = 100;
const longReference = 50;
const externalIdLength = 20;

/** Column of Customer and CashHead in which the posting key is planted (I3). */
export const postingKeyColumn = 'StripePostingKey_c';
/** Column of Customer with the id of its Stripe customer. */
export const stripeCustomerColumn = 'StripeCustomerID_c';

/** What stands in StripePostingKey_c: the whole key, or for a key that does not fit a digest of it, which is as deterministic. */
export function plantedKey(key: PostingKey): string {
  return key.length <= udLength ? key : `sha:${shortReference(key, longReference - 4)}`;
}

/** What stands in ExternalID of a receipt: 20 characters for 100 bits of the key (docs/reference/epicor-kinetic.md section 4.4). */
export function externalId(key: PostingKey): string {
  return shortReference(key, externalIdLength);
}

/** The Stripe customer a customer posting is about; undefined for guests, whose source id is `guest:<e-mail>`, and for payments. */
export function stripeCustomerOf(key: PostingKey): string | undefined {
  const { sourceId } = parsePostingKey(key);
  return sourceId.startsWith('cus_') ? sourceId : undefined;
}
