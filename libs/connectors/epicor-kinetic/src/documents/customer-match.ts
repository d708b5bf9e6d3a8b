import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import type { CustomerLink } from './customer-links.js';
import { matchFields, merchantCustId, sameName, stripeIdOf } from './customer-links.js';
import { stripeCustomerColumn } from '../kinetic-keys.js';
import type { KineticRow } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';
import type { CustomerLookups } from './customer-lookups.js';

/** Result of looking for the Kinetic customer of a Stripe customer. */
export type CustomerMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'matched'; readonly custNum: string; readonly link: CustomerLink }
  | Extract<PostingOutcome, { kind: 'ambiguous' }>;

/**
 * Which customer of Kinetic a document is about: the one that the posting ledger knows for its key (an earlier posting, or what a person
 * decided), else the one that carries its key or Stripe id, else the merchant's own CustID, else the same e-mail address.
 * One match is taken, several are ambiguous. What only deactivates is never matched by CustID or e-mail.
 */
export async function matchCustomer(document: ErpDocument, lookups: CustomerLookups, signal: AbortSignal): Promise<CustomerMatch> {
  const known = document.known?.CustNum;
  // A known customer that was deleted in Kinetic is looked for again.
  if (known && (await lookups.customer(known, signal))) return { kind: 'matched', custNum: known, link: 'known' };
  const own = await lookups.customersOfKey(document.postingKey, stripeIdOf(document), signal);
  if (own.length > 1)
    return ambiguous(
      'kinetic.customer-ambiguous',
      `${document.postingKey}: stands on ${namesOf(own)}; leave it on one of them, or ${decide}`,
    );
  if (own[0]) return matched(own[0], 'own');
  if (document.fields.Inactive === true && document.protocol !== 'ensure') return { kind: 'none' };
  const custId = merchantCustId(document);
  const byCustId = custId === undefined ? [] : await lookups.customersByCustId(custId, signal);
  if (byCustId.length > 0) return chosen(document, byCustId, 'merchant');
  const email = document.fields.EMailAddress;
  const byEmail = typeof email === 'string' && email.trim() !== '' ? await lookups.customersByEmail(email, signal) : [];
  return byEmail.length > 0 ? chosen(document, byEmail, 'email') : { kind: 'none' };
}

const decide = 'resolve with the CustNum of the right one';

function chosen(document: ErpDocument, rows: readonly KineticRow[], link: 'merchant' | 'email'): CustomerMatch {
  const own = stripeIdOf(document);
  if (rows.length > 1) {
    const plant = own === undefined ? '' : `put ${own} into ${stripeCustomerColumn} of the right one and replay, or `;
    return ambiguous('kinetic.customer-ambiguous', `${document.postingKey}: could be any of ${namesOf(rows)}; ${plant}${decide}`);
  }
  const row = rows[0] as KineticRow;
  const other = textOf(row[stripeCustomerColumn]);
  if (own === undefined || other === '' || other === own) return matched(row, link);
  const asked = document.fields[matchFields.repeatBuyers] === 'ask';
  if (link === 'email' && !asked && sameName(textOf(row.Name), String(document.fields.Name ?? ''))) return matched(row, 'repeat');
  return ambiguous(
    'kinetic.customer-taken',
    `${document.postingKey}: matches ${namesOf([row])}, which already stands for ${other}; resolve with CustNum ${textOf(row.CustNum)} if it is the same customer, else create another in Kinetic and resolve with its CustNum`,
  );
}

function matched(row: KineticRow, link: CustomerLink): CustomerMatch {
  return { kind: 'matched', custNum: textOf(row.CustNum), link };
}

function ambiguous(code: string, text: string): CustomerMatch {
  return { kind: 'ambiguous', code, text };
}

function namesOf(rows: readonly KineticRow[]): string {
  return rows.map((row) => `${textOf(row.CustID)} (CustNum ${textOf(row.CustNum)})`).join(', ');
}
