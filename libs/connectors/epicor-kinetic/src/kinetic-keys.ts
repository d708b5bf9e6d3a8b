import type { PostingKey } from '@tributary/domain';
import { parsePostingKey, shortReference, stripeCustomerOfSource } from '@tributary/domain';
import type { KineticRow } from './kinetic-json.js';
import { textOf } from './kinetic-json.js';

/** Length that the installation guide (README.md) asks for in the UD columns, characters. */
const udLength = 100;
const longReference = 50;
const externalIdLength = 20;

/** Column of Customer and CashHead in which the posting key is planted (I3). */
export const postingKeyColumn = 'StripePostingKey_c';
/** Column of lines in which the key of the line is planted. */
export const lineKeyColumn = 'StripeLineKey_c';
/** Column of Customer with the id of its Stripe customer. */
export const stripeCustomerColumn = 'StripeCustomerID_c';

/** The value of StripePostingKey_c: the whole key, or a digest of a key that does not fit. Deterministic. */
export function plantedKey(key: PostingKey): string {
  return key.length <= udLength ? key : `sha:${shortReference(key, longReference - 4)}`;
}

/** The value of StripeLineKey_c: the key of a line, or a digest of one that does not fit. */
export function plantedLineKey(key: string): string {
  return key.length <= udLength ? key : `sha:${shortReference(key, longReference - 4)}`;
}

/** The value of ExternalID of a receipt: 20 characters for 100 bits of the key (docs/reference/epicor-kinetic.md section 4.4). */
export function externalId(key: PostingKey): string {
  return shortReference(key, externalIdLength);
}

/** The mark of a customer that was there before and is linked by its e-mail address only: it does not allow overwriting. */
export function emailMark(key: PostingKey): string {
  const mark = `email:${key}`;
  return mark.length <= udLength ? mark : `email:sha:${shortReference(key, longReference - 4)}`;
}

/** What stands in StripeCustomerID_c: the id, or a digest of one that does not fit: cut, it would be another customer's. */
export function plantedStripeId(stripeId: string): string {
  return stripeId.length <= udLength ? stripeId : `sha:${shortReference(stripeId, longReference - 4)}`;
}

/** The Stripe customer that a customer posting is about; undefined for guests, for ids in derived form and for other kinds. */
export function stripeCustomerOf(key: PostingKey): string | undefined {
  const { kind, sourceId } = parsePostingKey(key);
  return kind === 'customer' ? stripeCustomerOfSource(sourceId) : undefined;
}

/** The whole posting key of a row, where it carries it: not in digest form, and not as an e-mail mark. */
export function legibleKey(row: KineticRow): { plantedKey?: string } {
  const planted = textOf(row[postingKeyColumn]);
  return planted === '' || /^(sha|email):/.test(planted) ? {} : { plantedKey: planted };
}
