import { isJsonObject } from '../stripe-object.js';
import type { Json } from '../stripe-event.js';
import type { VersionAdapter } from './version-adapter.js';

/**
 * 2025-03-31: the subscription of an invoice and of its lines moved into `parent`, the price of a line into `pricing`, and the tax arrays got
 * other names and words.
 * Source: docs/reference/stripe.md section 1.
 */
export const invoiceParent: VersionAdapter = {
  name: 'invoice-parent',
  changedIn: '2025-03-31',
  object: 'invoice',
  appliesTo: (invoice) => invoice.parent === undefined && invoice.total_taxes === undefined,
  adapt: (invoice) => ({
    ...invoice,
    parent: {
      subscription_details: { subscription: invoice.subscription ?? null, metadata: metadataOf(invoice.subscription_details) },
    },
    total_taxes: taxesOf(invoice.total_tax_amounts),
    lines: listWith(invoice.lines, lineWithParent),
  }),
};

/** The credit note's part of the same change. Until 2022-08-01 the total stood in `amount` alone. */
export const creditNoteTaxes: VersionAdapter = {
  name: 'credit-note-taxes',
  changedIn: '2025-03-31',
  object: 'credit_note',
  appliesTo: (note) => note.total_taxes === undefined,
  adapt: (note) => ({
    ...note,
    total: note.total ?? note.amount,
    total_taxes: taxesOf(note.tax_amounts),
    lines: listWith(note.lines, (line) => ({ ...line, taxes: taxesOf(line.tax_amounts) })),
  }),
};

function lineWithParent(line: Json): Json {
  const item = { subscription: line.subscription ?? null, invoice_item: line.invoice_item ?? null, proration: line.proration === true };
  const price = isJsonObject(line.price) ? line.price : isJsonObject(line.plan) ? line.plan : undefined;
  const details = isJsonObject(line.proration_details) ? line.proration_details : {};
  return {
    ...line,
    parent: { subscription_item_details: { ...item, subscription_item: line.subscription_item ?? null, proration_details: details } },
    pricing: price && {
      price_details: { price: price.id ?? null, product: price.product ?? null },
      unit_amount_decimal: price.unit_amount_decimal ?? price.amount_decimal ?? null,
    },
    taxes: taxesOf(line.tax_amounts),
  };
}

function taxesOf(amounts: unknown): Json[] {
  if (!Array.isArray(amounts)) return [];
  return amounts.filter(isJsonObject).map((tax) => ({
    amount: tax.amount,
    tax_behavior: tax.inclusive === true ? 'inclusive' : 'exclusive',
    tax_rate_details: { tax_rate: tax.tax_rate ?? null },
    taxability_reason: tax.taxability_reason ?? null,
    taxable_amount: tax.taxable_amount ?? null,
  }));
}

function listWith(list: unknown, change: (row: Json) => Json): unknown {
  if (!isJsonObject(list) || !Array.isArray(list.data)) return list;
  return { ...list, data: list.data.map((row: unknown) => (isJsonObject(row) ? change(row) : row)) };
}

function metadataOf(details: unknown): unknown {
  return isJsonObject(details) ? (details.metadata ?? {}) : {};
}
