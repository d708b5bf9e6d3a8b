import type { PostingKey } from '@tributary/domain';
import { parsePostingKey, shortReference, stripeCustomerOfSource } from '@tributary/domain';

/** Lengths of User1, User2 and RefNbr. Source: docs/reference/dynamics-sl.md section 3. */
const userLength = 30;
const referenceLength = 10;
const digestLength = 26;

/** The value of RefNbr: 10 characters for 50 bits of the key. Two keys may share it, so User1 and User2 are compared, too. */
export function refNbrOf(key: PostingKey): string {
  return shortReference(key, referenceLength);
}

/** The value of User2: 30 characters for 150 bits of the posting key (I3). */
export function keyMark(key: PostingKey): string {
  return shortReference(key, userLength);
}

/** User2 of a customer that was there before and is linked by its e-mail address only: it does not allow overwriting. */
export function emailMark(key: PostingKey): string {
  return `E-${shortReference(key, userLength - 2)}`;
}

/** An id as it stands in User1: whole, or a digest of one that does not fit: cut, it would be another one. */
export function plantedId(id: string): string {
  return id.length <= userLength ? id : `sha:${shortReference(id, digestLength)}`;
}

/** The value of User1 of a document: the Stripe object in its posting key. */
export function sourceMark(key: PostingKey): string {
  return plantedId(parsePostingKey(key).sourceId);
}

/** The key of a line as it stands in User2 of its row. */
export const lineMark = plantedId;

/** The Stripe customer that a customer posting is about; undefined for guests, for ids in derived form and for other kinds. */
export function stripeCustomerOf(key: PostingKey): string | undefined {
  const { kind, sourceId } = parsePostingKey(key);
  return kind === 'customer' ? stripeCustomerOfSource(sourceId) : undefined;
}
