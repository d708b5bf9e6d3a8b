import type { ErpDocument, PostingOutcome } from '@tributary/connector-kit';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';
import type { CustomerLink } from './customer-links.js';
import { matchFields, merchantCustId, stripeIdOf } from './customer-links.js';
import type { CustomerLookups } from './customer-lookups.js';
import { sameName } from './person-name.js';

/** Result of looking for the SL customer of a Stripe customer. */
export type CustomerMatch =
  | { readonly kind: 'none' }
  | { readonly kind: 'matched'; readonly row: SlRow; readonly link: CustomerLink }
  | Extract<PostingOutcome, { kind: 'ambiguous' }>;

/**
 * Which customer of SL a document is about: the one that the posting ledger knows for its key (an earlier posting, or what a person decided),
 * else the one that carries its key or Stripe id, else the merchant's own CustId, else the same e-mail address.
 * One match is taken, several are ambiguous. What only deactivates is never matched by CustId or e-mail.
 */
export async function matchCustomer(document: ErpDocument, lookups: CustomerLookups, signal: AbortSignal): Promise<CustomerMatch> {
  const known = document.known?.CustId === undefined ? undefined : await lookups.ofId(document.known.CustId, signal);
  // A known customer that was deleted in SL is looked for again.
  if (known) return matched(known, 'known');
  const own = await lookups.ofKey(document.postingKey, stripeIdOf(document), signal);
  if (own.length > 1)
    return ambiguous('sl.customer-ambiguous', `${document.postingKey}: stands on ${namesOf(own)}; leave it on one of them, or ${decide}`);
  if (own[0]) return matched(own[0], 'own');
  if (document.fields.Status === 'I' && document.protocol !== 'ensure') return { kind: 'none' };
  const custId = merchantCustId(document);
  const byCustId = custId === undefined ? undefined : await lookups.ofId(custId, signal);
  if (byCustId) return chosen(document, [byCustId], 'merchant');
  const email = document.fields.EMailAddr;
  const byEmail = typeof email === 'string' && email.trim() !== '' ? await lookups.ofEmail(email, signal) : [];
  return byEmail.length > 0 ? chosen(document, byEmail, 'email') : { kind: 'none' };
}

const decide = 'resolve with the CustId of the right one';

function chosen(document: ErpDocument, rows: readonly SlRow[], link: 'merchant' | 'email'): CustomerMatch {
  const own = stripeIdOf(document);
  if (rows.length > 1) {
    const plant = own === undefined ? '' : `put ${own} into User1 of the right one and replay, or `;
    return ambiguous('sl.customer-ambiguous', `${document.postingKey}: could be any of ${namesOf(rows)}; ${plant}${decide}`);
  }
  const row = rows[0] as SlRow;
  const other = textOf(row.User1);
  if (own === undefined || other === '' || other === own) return matched(row, link);
  const asked = document.fields[matchFields.repeatBuyers] === 'ask';
  if (link === 'email' && !asked && sameName(textOf(row.Name), String(document.fields.Name ?? ''))) return matched(row, 'repeat');
  return ambiguous(
    'sl.customer-taken',
    `${document.postingKey}: matches ${namesOf([row])}, whose User1 already stands for ${other}; resolve with its CustId if it is the same customer, else create another in SL and resolve with that CustId`,
  );
}

function matched(row: SlRow, link: CustomerLink): CustomerMatch {
  return { kind: 'matched', row, link };
}

function ambiguous(code: string, text: string): CustomerMatch {
  return { kind: 'ambiguous', code, text };
}

function namesOf(rows: readonly SlRow[]): string {
  return rows.map((row) => `${textOf(row.CustId)} (${textOf(row.Name)})`).join(', ');
}
