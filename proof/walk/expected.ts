/**
 * What must be in Kinetic, in Stripe's metadata and in the counts when every body of `proof/fixtures/stripe/{events,recorded}` was delivered to
 * ingest once, in the order of its path. Written by hand from the bodies; nothing here is computed by the code under test.
 */

/** Final state of an event. */
export type End = 'posted' | `ignored: ${string}` | 'held' | 'deadLettered';

/** A receipt that Kinetic must hold. */
export interface ExpectedReceipt {
  readonly chargeId: string;
  /** Kinetic's DocTranAmt: major units. */
  readonly amount: string;
  readonly currency: string;
  /** Stripe's customer id, planted in a UD field of the customer. */
  readonly stripeCustomer: string;
}

/** A customer that Kinetic must hold. */
export interface ExpectedCustomer {
  readonly stripeCustomer: string;
  readonly name: string;
  readonly email: string;
  readonly address2: string;
  readonly phone: string;
}

/** charge.succeeded bodies with captured = true, status = succeeded: amount_captured in the currency of the charge. */
export const expectedReceipts: readonly ExpectedReceipt[] = [
  // events/charge.succeeded.json: 29429 usd
  { chargeId: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ', amount: '294.29', currency: 'USD', stripeCustomer: 'cus_upquNHnKxoIQFO' },
  // events/charge.succeeded.subscription-eur.json: 10710 eur
  { chargeId: 'ch_3TNxccdFxA9Kd7NwT0bfAvrfV', amount: '107.1', currency: 'EUR', stripeCustomer: 'cus_GkzBT6kMSMIMzH' },
  // events/charge.succeeded.us_bank_account.json: 250000 usd
  { chargeId: 'py_3T7bxl9FxA9Kd7NwT0UhVWl9o', amount: '2500', currency: 'USD', stripeCustomer: 'cus_upquNHnKxoIQFO' },
  // recorded/stripe-sync-engine/charge.succeeded.json: 3000 usd, API 2020-03-02
  { chargeId: 'ch_3KtQThJDPojXS6LN0YmgbxGj', amount: '30', currency: 'USD', stripeCustomer: 'cus_J7Mkgr8mvbl1eK' },
];

/** Every customer that Kinetic must hold after the walk. */
export const expectedCustomers: readonly ExpectedCustomer[] = [
  // customer.created.json, then customer.updated.json: Dock 4 became Dock 9, and a phone number came.
  {
    stripeCustomer: 'cus_upquNHnKxoIQFO',
    name: 'Acme Fabrication LLC',
    email: 'ap@acme-fabrication.example',
    address2: 'Dock 9',
    phone: '+19375550142',
  },
  // customer.created.de.json
  {
    stripeCustomer: 'cus_GkzBT6kMSMIMzH',
    name: 'Blumen Technik GmbH',
    email: 'buchhaltung@blumen-technik.example',
    address2: '',
    phone: '',
  },
  // Known by one recorded charge only, which says neither name nor e-mail: named after its Stripe id.
  { stripeCustomer: 'cus_J7Mkgr8mvbl1eK', name: 'cus_J7Mkgr8mvbl1eK', email: '', address2: '', phone: '' },
  // cus_QwSsZSi41HzzNQ was deleted and never known: nothing to deactivate.
  // cus_IhGfebO16cMIGN: customer.deleted.json comes before customer.updated.json (same second), so the update is stale.
];

/** An object of Stripe to which numbers of Kinetic are written. */
export interface ExpectedBack {
  readonly id: string;
  /** The body whose object Stripe holds: the newest that tells of it. */
  readonly file: string;
  /** Metadata that others keep there, untouched. */
  readonly kept: Readonly<Record<string, string>>;
}

/** Objects of Stripe that are told their numbers in Kinetic: customers kinetic_customer_id and kinetic_customer_num. */
export const expectedCustomersBack: readonly ExpectedBack[] = [
  {
    id: 'cus_upquNHnKxoIQFO',
    file: 'events/customer.updated.json',
    kept: { erp_customer_id: 'C-10021', erp_site: 'DAY', sales_rep: 'NW-07' },
  },
  { id: 'cus_GkzBT6kMSMIMzH', file: 'events/customer.created.de.json', kept: { erp_customer_id: 'C-20417' } },
  // cus_J7Mkgr8mvbl1eK is in Kinetic, and Stripe holds no such customer: there is nothing to write to, which stops nothing.
];

/** Charges kinetic_receipt_number and kinetic_receipt_group. */
export const expectedChargesBack: readonly ExpectedBack[] = [
  { id: 'ch_3TomAsaFxA9Kd7NwT0VhK14jZ', file: 'events/charge.succeeded.json', kept: { erp_order_ref: 'WEB-1001', channel: 'web' } },
  { id: 'ch_3TNxccdFxA9Kd7NwT0bfAvrfV', file: 'events/charge.succeeded.subscription-eur.json', kept: {} },
  { id: 'py_3T7bxl9FxA9Kd7NwT0UhVWl9o', file: 'events/charge.succeeded.us_bank_account.json', kept: { erp_order_ref: 'SO-77120' } },
  { id: 'ch_3KtQThJDPojXS6LN0YmgbxGj', file: 'recorded/stripe-sync-engine/charge.succeeded.json', kept: {} },
];

/** Each is written once, so Stripe sends one customer.updated or charge.updated for each: ignored as an echo, and no further. */
export const expectedEchoes = 6;

const noFlow = 'ignored: no-flow';
const unhandled = 'ignored: unhandled-type';
const refundTotal = 'ignored: refund-total-only';
const noCase = 'ignored: flow-condition';

/** The end of each body. */
export const expectedEnds: Readonly<Record<string, End>> = {
  // Money that came in: booked.
  'events/charge.succeeded.json': 'posted',
  'events/charge.succeeded.subscription-eur.json': 'posted',
  'events/charge.succeeded.us_bank_account.json': 'posted',
  'recorded/stripe-sync-engine/charge.succeeded.json': 'posted',
  // Customers: created or changed in Kinetic.
  'events/customer.created.json': 'posted',
  'events/customer.created.de.json': 'posted',
  'events/customer.updated.json': 'posted',
  // Deleted and never known; stale against the remembered deletion of the same second.
  'events/customer.deleted.json': 'ignored: skipped',
  'recorded/stripe-sync-engine/customer.deleted.json': 'ignored: skipped',
  'recorded/stripe-sync-engine/customer.updated.json': 'ignored: stale',
  // Journals of movements: money that a dispute took and gave back, a payout by hand.
  'events/charge.dispute.funds_reinstated.json': 'posted',
  'events/charge.dispute.funds_withdrawn.json': 'posted',
  'events/payout.paid.manual.json': 'posted',
  // Refunds of sales that nobody booked, as no body here tells of their payment: they wait for its receipt. API 2020-03-02 embeds the refund.
  'events/refund.created.json': 'held',
  'events/refund.created.second.json': 'held',
  'recorded/stripe-sync-engine/charge.refunded.json': 'held',
  'recorded/stripe-sync-engine/refund.created.json': 'held',
  // Waits for the payment of the refund, the journal of the withdrawal, the journal of the payout: no body here tells of them.
  'events/refund.failed.json': 'held',
  'events/charge.dispute.closed.lost.json': 'held',
  'events/payout.failed.json': 'held',
  // Ask for the documents that refund.created has asked for.
  'events/refund.updated.json': 'ignored: duplicate',
  'recorded/stripe-sync-engine/refund.updated.json': 'ignored: duplicate',
  // No balance transaction brought the money back.
  'recorded/stripe-sync-engine/refund.failed.json': noCase,
  // A dispute that is won moves money by funds_reinstated; the recorded ones tell no balance transaction.
  'events/charge.dispute.closed.json': noCase,
  'recorded/stripe-sync-engine/charge.dispute.closed.json': noCase,
  'recorded/stripe-sync-engine/charge.dispute.funds_reinstated.json': noCase,
  'recorded/stripe-sync-engine/charge.dispute.funds_withdrawn.json': noCase,
  // Automatic payouts are booked when their members are known. This Stripe has no list of them.
  'events/payout.paid.json': noCase,
  'events/payout.paid.debit.json': noCase,
  'events/payout.reconciliation_completed.json': 'deadLettered',
  'events/payout.created.json': noFlow,
  // The profile ignores warnings of fraud.
  'events/radar.early_fraud_warning.created.json': noCase,
  'recorded/stripe-sync-engine/radar.early_fraud_warning.created.json': noCase,
  'events/review.closed.json': noFlow,
  'events/review.opened.json': noFlow,
  'recorded/stripe-sync-engine/review.closed.json': noFlow,
  'recorded/stripe-sync-engine/review.opened.json': noFlow,
  // Canonical facts that no shipped flow books.
  'events/charge.failed.json': noFlow,
  'events/charge.failed.radar-blocked.json': noFlow,
  'recorded/stripe-sync-engine/charge.failed.json': noFlow,
  'events/charge.updated.json': noFlow,
  'events/charge.updated.gbp-settled-usd-no-customer.json': noFlow,
  'events/payment_intent.succeeded.json': noFlow,
  'events/payment_intent.succeeded.subscription-eur.json': noFlow,
  'events/charge.dispute.created.inquiry.json': noFlow,
  'events/charge.dispute.created.json': noFlow,
  'events/charge.dispute.updated.json': noFlow,
  'recorded/stripe-sync-engine/charge.dispute.created.json': noFlow,
  // Invoices, subscriptions, orders, products, prices, tax numbers, credit notes: facts that no shipped flow books.
  'events/charge.pending.us_bank_account.json': noFlow,
  'events/checkout.session.completed.json': noFlow,
  'events/customer.subscription.created.json': noFlow,
  'events/customer.subscription.deleted.json': noFlow,
  'events/customer.subscription.trial_will_end.json': noFlow,
  'events/customer.subscription.updated.json': noFlow,
  'events/customer.subscription.updated.past_due.json': noFlow,
  'events/customer.subscription.updated.upgrade.json': noFlow,
  'events/customer.tax_id.updated.json': noFlow,
  'events/invoice.created.json': noFlow,
  'events/invoice.finalized.json': noFlow,
  'events/invoice.marked_uncollectible.json': noFlow,
  'events/invoice.paid.json': noFlow,
  'events/invoice.paid.many-lines.json': noFlow,
  'events/invoice.paid.proration.json': noFlow,
  'events/invoice.payment_failed.json': noFlow,
  'events/invoice.voided.json': noFlow,
  'events/invoice_payment.paid.json': noFlow,
  'events/price.created.json': noFlow,
  'events/price.created.recurring.json': noFlow,
  'events/product.created.json': noFlow,
  'events/product.updated.json': noFlow,
  'recorded/stripe-sync-engine/checkout.session.completed.json': noFlow,
  'recorded/stripe-sync-engine/credit_note.created.json': noFlow,
  'recorded/stripe-sync-engine/customer.subscription.created.json': noFlow,
  'recorded/stripe-sync-engine/customer.subscription.deleted.json': noFlow,
  'recorded/stripe-sync-engine/customer.subscription.updated.json': noFlow,
  'recorded/stripe-sync-engine/customer.tax_id.created.json': noFlow,
  'recorded/stripe-sync-engine/invoice.finalized.json': noFlow,
  'recorded/stripe-sync-engine/invoice.paid.json': noFlow,
  'recorded/stripe-sync-engine/invoice.voided.json': noFlow,
  'recorded/stripe-sync-engine/invoice_payment.paid.json': noFlow,
  'recorded/stripe-sync-engine/price.created.json': noFlow,
  'recorded/stripe-sync-engine/product.created.json': noFlow,
  // Running totals: amounts come from refund.* only.
  'events/charge.refunded.full.json': refundTotal,
  'events/charge.refunded.partial.json': refundTotal,
  // Reported, without consequence for the ledger.
  'recorded/stripe-sync-engine/charge.updated.json': 'ignored: no-accounting-change',
  'recorded/stripe-sync-engine/payment_intent.succeeded.json': 'ignored: not-succeeded',
  // Kinds that nothing here translates yet.
  'events/payment_intent.payment_failed.json': unhandled,
  'recorded/dj-stripe/account.external_account.updated.connect.json': unhandled,
  'recorded/dj-stripe/account.updated.connect.json': unhandled,
  'recorded/stripe-sync-engine/payment_intent.payment_failed.json': unhandled,
};
