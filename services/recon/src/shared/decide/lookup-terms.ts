import type { PaymentReceived } from '@tributary/contracts';

/** Something that a payment is found by, although it is not stored in the clear. */
export interface LookupTerm {
  readonly kind: 'email' | 'order';
  /** Written in one way, {@link lookupText}. */
  readonly text: string;
}

/** Most terms of one payment, and the longest of them in characters; Stripe allows 500 in metadata. */
const mostTerms = 12;
const longestTerm = 500;

/** Keys of metadata that hold the merchant's reference of an order. `erp_order_ref` is the one that mappings use. */
const orderKeys = ['erp_order_ref', 'order_id', 'order_number', 'order_reference', 'order_ref', 'order', 'orderid', 'ordernumber'];

/** A term in the one way in which it is compared: without blanks around it, in small letters, each character in its common form. */
export function lookupText(text: string): string {
  return text.trim().normalize('NFKC').toLowerCase();
}

/**
 * What a payment is found by beside its ids: the e-mail addresses of whoever paid and of the customer, the sale that it pays (an invoice, or the
 * merchant's order reference), and the order references in its metadata.
 */
export function lookupTermsOf({ payer, customer, saleId, metadata, paymentId, chargeId, paymentIntentId }: PaymentReceived): LookupTerm[] {
  const ids: readonly (string | null)[] = [paymentId, chargeId, paymentIntentId];
  const orders = Object.entries(metadata).flatMap(([key, value]) => (orderKeys.includes(key.toLowerCase()) ? [value] : []));
  const terms = new Map<string, LookupTerm>();
  const add = (kind: LookupTerm['kind'], given: string | null | undefined): void => {
    const text = lookupText(given ?? '');
    if (text !== '' && text.length <= longestTerm) terms.set(`${kind} ${text}`, { kind, text });
  };
  for (const email of [payer.email, customer?.email]) add('email', email);
  for (const order of [ids.includes(saleId) ? null : saleId, ...orders]) add('order', order);
  return [...terms.values()].slice(0, mostTerms);
}
