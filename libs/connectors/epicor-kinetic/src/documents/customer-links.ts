import type { ErpDocument } from '@tributary/connector-kit';
import { emailMark, plantedKey, plantedStripeId, postingKeyColumn, stripeCustomerColumn, stripeCustomerOf } from '../kinetic-keys.js';
import type { KineticRow, Scalar } from '../kinetic-json.js';
import { textOf } from '../kinetic-json.js';

/**
 * How a document and a customer of Kinetic came together (docs/adr/0017).
 * known: the posting ledger's reference; own: the row carries its posting key or Stripe id; merchant: the CustID that the merchant keeps in
 * Stripe metadata; email: the same e-mail address; repeat: the same e-mail address and name, and the row stands for another Stripe customer.
 */
export type CustomerLink = 'known' | 'own' | 'merchant' | 'email' | 'repeat';

/** Fields of a customer document that steer the match. They are no columns. */
export const matchFields = {
  /** The CustID that the merchant keeps in Stripe metadata. */
  custId: 'MatchCustID',
  /** `fill` (default): a match by e-mail fills empty columns; `overwrite`: it changes all of them. */
  email: 'MatchEmail',
  /** `link` (default): same e-mail and same name are one customer; `ask`: a person decides. */
  repeatBuyers: 'MatchRepeatBuyers',
} as const;

/** Columns that only the link itself may set. */
export const linkColumns = [postingKeyColumn, stripeCustomerColumn] as const;

/** The Stripe customer of a document as it stands in its column; undefined for guests. */
export function stripeIdOf(document: ErpDocument): string | undefined {
  const field = document.fields[stripeCustomerColumn];
  const stripeId = stripeCustomerOf(document.postingKey) ?? (typeof field === 'string' && field !== '' ? field : undefined);
  return stripeId === undefined ? undefined : plantedStripeId(stripeId);
}

/** The CustID that the merchant says this customer has. */
export function merchantCustId(document: ErpDocument): string | undefined {
  const value = document.fields[matchFields.custId];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Whether this document may change what stands in the row. An e-mail address is verified by nobody, so it allows no more than filling what
 * is empty, and a row that was linked by e-mail stays so: it carries its mark in StripePostingKey_c, or the key of another document.
 * A person confirms such a link by emptying that column, a merchant by naming the CustID in Stripe metadata.
 */
export function mayOverwrite(row: KineticRow, document: ErpDocument, link: CustomerLink): boolean {
  if (sameText(textOf(row.CustID), merchantCustId(document))) return true;
  if (link === 'repeat') return false;
  const [planted, standsFor, own] = [textOf(row[postingKeyColumn]), textOf(row[stripeCustomerColumn]), stripeIdOf(document)];
  if (standsFor !== '' && standsFor !== own) return false;
  if (document.fields[matchFields.email] === 'overwrite') return true;
  return link !== 'email' && (planted === '' || planted === plantedKey(document.postingKey));
}

/**
 * What the link writes into a row that was there before: never over anything, and nothing where the row stands for another Stripe customer.
 * A guest who is matched by e-mail leaves no mark: a Stripe customer that a person puts on the row later would otherwise count as linked by e-mail.
 */
export function linkOf(row: KineticRow, document: ErpDocument, link: CustomerLink): Record<string, Scalar> {
  const [planted, standsFor, own] = [textOf(row[postingKeyColumn]), textOf(row[stripeCustomerColumn]), stripeIdOf(document)];
  if (standsFor !== '' && standsFor !== own) return {};
  if (link === 'email' && own === undefined) return {};
  const mark = link === 'email' ? emailMark(document.postingKey) : plantedKey(document.postingKey);
  return { ...(planted === '' ? { [postingKeyColumn]: mark } : {}), ...(own && standsFor === '' ? { [stripeCustomerColumn]: own } : {}) };
}

/** Whether two names are the same to a reader: by letters, without regard to case and white space. */
export function sameName(one: string, other: string): boolean {
  return nameOf(one) !== '' && nameOf(one) === nameOf(other);
}

/** An e-mail address as it is compared: trimmed, without regard to case. */
export function comparableEmail(email: string): string {
  return email.normalize('NFC').trim().toLowerCase();
}

function nameOf(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

function sameText(one: string, other: string | undefined): boolean {
  return other !== undefined && one.toLowerCase() === other.toLowerCase();
}
