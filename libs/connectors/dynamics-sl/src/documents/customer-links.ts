import type { ErpDocument } from '@tributary/connector-kit';
import { emailMark, keyMark, plantedId, stripeCustomerOf } from '../sl-keys.js';
import type { SlRow } from '../sl-values.js';
import { textOf } from '../sl-values.js';

/**
 * How a document and a customer of SL came together (docs/adr/0017).
 * known: the posting ledger's reference; own: the row carries its posting key or Stripe id; merchant: the CustId that the merchant keeps in
 * Stripe metadata; email: the same e-mail address; repeat: the same e-mail address and name, and the row stands for another Stripe customer.
 */
export type CustomerLink = 'known' | 'own' | 'merchant' | 'email' | 'repeat';

/** Fields of a customer document that steer the match. They are no columns. */
export const matchFields = { custId: 'MatchCustId', email: 'MatchEmail', repeatBuyers: 'MatchRepeatBuyers' } as const;

/** The Stripe customer of a document as it stands in User1; undefined for guests. */
export function stripeIdOf({ postingKey, fields }: ErpDocument): string | undefined {
  const stripeId = stripeCustomerOf(postingKey) ?? (typeof fields.User1 === 'string' && fields.User1 !== '' ? fields.User1 : undefined);
  return stripeId === undefined ? undefined : plantedId(stripeId);
}

/** The CustId that the merchant says this customer has. */
export function merchantCustId({ fields }: ErpDocument): string | undefined {
  const value = fields[matchFields.custId];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Whether this document may change what stands in the row. An e-mail address is verified by nobody, so it allows no more than filling what is
 * empty, and a row that was linked by e-mail stays so: its User2 says it. A person confirms such a link by emptying that column, a merchant by
 * naming the CustId in Stripe metadata.
 */
export function mayOverwrite(row: SlRow, document: ErpDocument, link: CustomerLink): boolean {
  if (textOf(row.CustId).toLowerCase() === merchantCustId(document)?.toLowerCase()) return true;
  if (link === 'repeat') return false;
  const [standsFor, planted, own] = [textOf(row.User1), textOf(row.User2), stripeIdOf(document)];
  if (standsFor !== '' && standsFor !== own) return false;
  if (document.fields[matchFields.email] === 'overwrite') return true;
  return link !== 'email' && (planted === '' || planted === keyMark(document.postingKey));
}

/** What the link writes into a row that was there before: never over anything, and nothing where the row stands for another Stripe customer. */
export function linkOf(row: SlRow, document: ErpDocument, link: CustomerLink): SlRow {
  const [standsFor, planted, own] = [textOf(row.User1), textOf(row.User2), stripeIdOf(document)];
  if (standsFor !== '' && standsFor !== own) return {};
  // A guest who is matched by e-mail leaves no mark: a Stripe customer that a person puts on the row later would count as linked by e-mail.
  if (link === 'email' && own === undefined) return {};
  const mark = link === 'email' ? emailMark(document.postingKey) : keyMark(document.postingKey);
  return { ...(planted === '' ? { User2: mark } : {}), ...(own && standsFor === '' ? { User1: own } : {}) };
}

/** An e-mail address as it is compared: trimmed, without regard to case. */
export function comparableEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}
