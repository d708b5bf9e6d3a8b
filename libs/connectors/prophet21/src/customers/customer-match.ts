import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import type { P21Row } from '../p21-json.js';
import { idOf, textOf } from '../p21-json.js';
import { keyColumn, ownerIn } from '../p21-keys.js';
import { stripeCustomerOf } from '../p21-keys.js';
import type { CustomerLink } from './customer-links.js';
import { matchFields, merchantNumber, ownerOf, sameName } from './customer-links.js';
import type { CustomerLookups } from './customer-lookups.js';

/** Result of looking for the P21 customer of a Stripe customer. */
export type CustomerMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'matched'; readonly row: P21Row; readonly link: CustomerLink }
  | Extract<PostingOutcome, { kind: 'ambiguous' }>;

/** Deactivating a customer that is not there is nothing to do; `ensure` needs it to be there, active or not. */
export function onlyDeactivates(document: ErpDocument): boolean {
  return document.fields.Delete === true && document.protocol !== 'ensure';
}

/**
 * Which customer of P21 a document is about: the one that the posting ledger knows for its key, else the one that carries its key or Stripe
 * id, else the merchant's own number, else the same e-mail address. One match is taken, several are ambiguous. What only deactivates is never
 * matched by number or e-mail.
 */
export async function matchCustomer(document: ErpDocument, lookups: CustomerLookups, signal: AbortSignal): Promise<CustomerMatch> {
  const known = document.known?.CustomerId;
  // A known customer that is gone is looked for again.
  const [knownRow] = known === undefined ? [] : await lookups.ofNumber(known, signal);
  if (knownRow) return matched(knownRow, 'known');
  const own = await lookups.ofKey(document.postingKey, signal);
  if (own.length > 1)
    return ambiguous(
      'p21.customer-ambiguous',
      `${document.postingKey}: stands in ${keyColumn} of ${namesOf(own)}; leave it on one of them, or ${decide}`,
    );
  if (own[0]) return matched(own[0], 'own');
  if (onlyDeactivates(document)) return { kind: 'none' };
  const number = merchantNumber(document);
  const byNumber = number === undefined ? [] : await lookups.ofNumber(number, signal);
  if (byNumber.length > 0) return chosen(document, byNumber, 'merchant');
  const email = document.fields.EmailAddress;
  const byEmail = typeof email === 'string' && email.trim() !== '' ? await lookups.ofEmail(email, signal) : [];
  return byEmail.length > 0 ? chosen(document, byEmail, 'email') : { kind: 'none' };
}

const decide = 'resolve with the CustomerId of the right one';

function chosen(document: ErpDocument, rows: readonly P21Row[], link: 'merchant' | 'email'): CustomerMatch {
  const stripeId = stripeCustomerOf(document.postingKey);
  if (rows.length > 1) {
    const plant = stripeId === undefined ? '' : `put ${stripeId} into ${keyColumn} of the right one and replay, or `;
    return ambiguous('p21.customer-ambiguous', `${document.postingKey}: could be any of ${namesOf(rows)}; ${plant}${decide}`);
  }
  const row = rows[0] as P21Row;
  const other = ownerIn(textOf(row[keyColumn]));
  // A guest may be anybody's guest purchase; only a Stripe customer is not given another one's row.
  if (other === '' || stripeId === undefined || other === ownerOf(document) || !other.startsWith('cus_')) return matched(row, link);
  const asked = document.fields[matchFields.repeatBuyers] === 'ask';
  if (link === 'email' && !asked && sameName(textOf(row.customer_name), String(document.fields.CustomerName ?? '')))
    return matched(row, 'repeat');
  return ambiguous(
    'p21.customer-taken',
    `${document.postingKey}: matches ${namesOf([row])}, which already stands for ${other}; resolve with CustomerId ${idOf(row.customer_id)} if it is the same customer, else create another in P21 and resolve with its CustomerId`,
  );
}

function matched(row: P21Row, link: CustomerLink): CustomerMatch {
  return { kind: 'matched', row, link };
}

function ambiguous(code: string, text: string): CustomerMatch {
  return { kind: 'ambiguous', code, text };
}

function namesOf(rows: readonly P21Row[]): string {
  return rows.map((row) => `${idOf(row.customer_id)} (${textOf(row.customer_name)})`).join(', ');
}
