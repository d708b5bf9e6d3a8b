import type { ErpDocument } from '@tributary/connector-kit';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { emailMark, keyColumn, ownerIn, plantedKey, stripeCustomerOf } from '../p21-keys.js';

/**
 * How a document and a customer of P21 came together (docs/adr/0017). known: the posting ledger's reference; own: the row carries its posting
 * key or Stripe id; merchant: the number that the merchant keeps in Stripe metadata; email: the same e-mail address; repeat: the same e-mail
 * address and name, and the row stands for another Stripe customer.
 */
export type CustomerLink = 'known' | 'own' | 'merchant' | 'email' | 'repeat';

/** Fields of a customer document that steer the match. They are no properties. */
export const matchFields = { customerId: 'MatchCustomerId', email: 'MatchEmail', repeatBuyers: 'MatchRepeatBuyers' } as const;

/** Who the document is about: its Stripe customer, or the posting key of a guest. */
export function ownerOf(document: ErpDocument): string {
  return stripeCustomerOf(document.postingKey) ?? document.postingKey;
}

/** The number that the merchant says this customer has. */
export function merchantNumber(document: ErpDocument): string | undefined {
  const value = document.fields[matchFields.customerId];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Whether this document may change what stands in the row. An e-mail address is verified by nobody, so it allows no more than filling what is
 * empty, and a row that was linked by e-mail stays so. A person confirms such a link by writing the Stripe customer into legacy_id, a
 * merchant by naming the number in Stripe metadata.
 */
export function mayOverwrite(row: P21Row, document: ErpDocument, link: CustomerLink): boolean {
  if (idOf(row.customer_id) === merchantNumber(document)) return true;
  if (link === 'repeat') return false;
  const planted = textOf(row[keyColumn]);
  const standsFor = ownerIn(planted);
  if (standsFor !== '' && standsFor !== ownerOf(document)) return false;
  if (document.fields[matchFields.email] === 'overwrite') return true;
  return link !== 'email' && !planted.startsWith('email:');
}

/**
 * What the link writes into legacy_id of a row that was there before: never over anything, so a number of another system stays. A guest who
 * is matched by e-mail leaves no mark.
 */
export function linkMark(row: P21Row, document: ErpDocument, link: CustomerLink): string | undefined {
  if (textOf(row[keyColumn]) !== '') return undefined;
  if (link !== 'email') return plantedKey(document.postingKey);
  return stripeCustomerOf(document.postingKey) === undefined ? undefined : emailMark(document.postingKey);
}

/** Whether two names are the same to a reader: by letters, without regard to case and white space. */
export function sameName(one: string, other: string): boolean {
  return nameOf(one) !== '' && nameOf(one) === nameOf(other);
}

function nameOf(name: string): string {
  return name.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}
