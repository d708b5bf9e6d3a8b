import { fixture, objectOf } from './fixtures.js';
import type { Json } from '../decide/stripe-model/stripe-event.js';
import type { Enrichment } from '../decide/translate/enrichment.js';

/** Fixtures by the event type that they have. */
const names = [
  ...['customer.created', 'customer.updated', 'customer.deleted', 'charge.succeeded', 'charge.updated', 'charge.failed'],
  ...['charge.refunded.full', 'refund.created', 'refund.updated', 'refund.failed', 'payment_intent.succeeded'],
  ...['created', 'updated', 'closed', 'funds_withdrawn', 'funds_reinstated'].map((name) => `charge.dispute.${name}`),
  ...['created', 'paid', 'failed', 'reconciliation_completed'].map((name) => `payout.${name}`),
  ...['radar.early_fraud_warning.created', 'review.opened', 'review.closed', 'charge.pending.us_bank_account'],
  ...['created', 'finalized', 'paid', 'payment_failed', 'voided', 'marked_uncollectible'].map((name) => `invoice.${name}`),
  ...['created', 'updated', 'deleted', 'trial_will_end'].map((name) => `customer.subscription.${name}`),
  ...[
    'invoice_payment.paid',
    'product.created',
    'product.updated',
    'price.created',
    'customer.tax_id.updated',
    'checkout.session.completed',
  ],
];

/** Types without a fixture of their own -> the fixture whose object they tell about. */
const derived: Readonly<Record<string, string>> = {
  'charge.captured': 'charge.succeeded',
  'payout.updated': 'payout.created',
  'payout.canceled': 'payout.created',
  'radar.early_fraud_warning.updated': 'radar.early_fraud_warning.created',
  'invoice.updated': 'invoice.finalized',
  'product.deleted': 'product.updated',
  'price.updated': 'price.created',
  'price.deleted': 'price.created',
  'customer.tax_id.created': 'customer.tax_id.updated',
  'customer.tax_id.deleted': 'customer.tax_id.updated',
  'checkout.session.async_payment_succeeded': 'checkout.session.completed',
  'checkout.session.async_payment_failed': 'checkout.session.completed',
  'checkout.session.expired': 'checkout.session.completed',
};

/** A body for each Stripe event type that has a mapper. */
export function mapperBodies(): Json[] {
  return [
    ...names.map((name) => fixture(`events/${name}.json`)),
    ...Object.entries(derived).map(([type, name]) => ({ ...fixture(`events/${name}.json`), type })),
    ...['created', 'updated', 'voided'].map((name) => ({
      ...fixture('recorded/stripe-sync-engine/credit_note.created.json'),
      type: `credit_note.${name}`,
    })),
  ];
}

/** Lists that mappers do not translate without. */
export const listed: Enrichment = {
  payout_movements: objectOf(fixture('lists/balance_transactions_payout_usd.json')),
  checkout_lines: objectOf(fixture('lists/checkout_session_line_items.json')),
};
