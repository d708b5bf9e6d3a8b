import type Stripe from 'stripe';

/** Most rows of a list that are read; a longer one is refused as a whole, never cut. */
export const maxListedRows = 100_000;
const pageRows = 100;

/** A list has more rows than are read: what is made of it would be wrong. */
export class StripeListTooLongError extends Error {
  override readonly name = 'StripeListTooLongError';
}

/** Waits for a turn: before each page but the first, which the caller has waited for. */
export type Turn = () => Promise<void>;

/** One page as the SDK gives it. */
interface Page {
  readonly data: readonly { readonly id?: string }[];
  readonly has_more: boolean;
}
type ReadPage = (
  stripe: Stripe,
  id: string,
  page: { limit: number; starting_after?: string },
  request: Stripe.RequestOptions,
) => Promise<Page>;

/**
 * Lists that are read whole, by the id of what they belong to: a payout, a charge, an invoice, a credit note, a checkout session, a payment
 * intent. The invoices that a payment paid come as invoice payments, each with its invoice in it. The movements of the account have no owner:
 * the id is a time, seconds since 1970, and the list is what was made then or later.
 * Source: docs/reference/stripe.md sections 5 (pages), 7 and 10.
 */
const lists = {
  payout_movements: (stripe, id, page, request) => stripe.balanceTransactions.list({ payout: id, ...page }, request),
  movements_since: (stripe, since, page, request) => stripe.balanceTransactions.list({ created: { gte: Number(since) }, ...page }, request),
  charge_refunds: (stripe, id, page, request) => stripe.refunds.list({ charge: id, ...page }, request),
  invoice_lines: (stripe, id, page, request) => stripe.invoices.listLineItems(id, page, request),
  credit_note_lines: (stripe, id, page, request) => stripe.creditNotes.listLineItems(id, page, request),
  checkout_lines: (stripe, id, page, request) => stripe.checkout.sessions.listLineItems(id, page, request),
  payment_checkouts: (stripe, id, page, request) => stripe.checkout.sessions.list({ payment_intent: id, ...page }, request),
  payment_invoices: (stripe, id, page, request) =>
    stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: id }, expand: ['data.invoice'], ...page }, request),
  invoice_credit_notes: (stripe, id, page, request) => stripe.creditNotes.list({ invoice: id, ...page }, request),
} satisfies Record<string, ReadPage>;

/** Kinds of lists that are read. */
export type StripeListKind = keyof typeof lists;

/** Whether a kind is a list. */
export function isListKind(kind: string): kind is StripeListKind {
  return Object.hasOwn(lists, kind);
}

/**
 * All pages of a list, each in its own turn.
 * @throws {StripeListTooLongError} for more than {@link maxListedRows} rows.
 */
export async function wholeList(stripe: Stripe, kind: StripeListKind, id: string, request: Stripe.RequestOptions, turn: Turn) {
  const read: ReadPage = lists[kind];
  const data: unknown[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await read(stripe, id, { limit: pageRows, ...(after === undefined ? {} : { starting_after: after }) }, request);
    data.push(...page.data);
    after = page.data.at(-1)?.id;
    if (!page.has_more || after === undefined) return { object: 'list', data } as const;
    if (data.length >= maxListedRows) throw new StripeListTooLongError(`reading ${kind} of ${id}: more than ${maxListedRows} rows`);
    await turn();
  }
}
