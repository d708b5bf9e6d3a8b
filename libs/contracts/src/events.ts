import { topics } from './topics.js';
import type * as t from './generated/types.js';

/** One event type: its pattern (`ce_type`), the topic it lives in, and its Avro record. */
export interface EventDefinition<Value> {
  readonly type: string;
  /** Fixed topic, or undefined where the topic depends on the target (posting requests). */
  readonly topic: string | undefined;
  /** Full name of the Avro record, or undefined for raw bytes. */
  readonly record: string | undefined;
  /** Phantom: the TypeScript type of the value. */
  readonly value?: Value;
}

function event<Value>(type: string, topic: string | undefined, record: string | undefined): EventDefinition<Value> {
  return { type, topic, record };
}

/** Definitions of one domain: `ar.payment-received` in ar.v1 is the record `tributary.ar.PaymentReceived`. */
const domain =
  (name: string, topic: string | undefined) =>
  <Value>(type: string, record: string): EventDefinition<Value> =>
    event<Value>(`${name}.${type}`, topic, `tributary.${name}.${record}`);

const party = domain('party', topics.party);
const ar = domain('ar', topics.ar);
const billing = domain('billing', topics.billing);
const treasury = domain('treasury', topics.treasury);
const risk = domain('risk', topics.risk);
const erp = domain('erp', topics.erp);
const ops = domain('ops', topics.ops);
const assets = domain('assets', topics.assets);
const pipeline = domain('pipeline', topics.pipeline);

/** The catalogue of events (generated documentation: docs/topics.md). */
export const events = {
  /** Raw: the body as Stripe sent it, byte for byte. */
  stripeEventReceived: event<Uint8Array>('stripe.event-received', topics.stripeEvents, undefined),
  erpChangeReceived: event<t.ErpChangeReceived>('changes.erp-change-received', topics.erpChanges, 'tributary.changes.ErpChangeReceived'),

  customerCreated: party<t.CustomerCreated>('customer-created', 'CustomerCreated'),
  customerUpdated: party<t.CustomerUpdated>('customer-updated', 'CustomerUpdated'),
  customerDeleted: party<t.CustomerDeleted>('customer-deleted', 'CustomerDeleted'),
  taxIdCreated: party<t.TaxIdCreated>('tax-id-created', 'TaxIdCreated'),
  taxIdUpdated: party<t.TaxIdUpdated>('tax-id-updated', 'TaxIdUpdated'),
  taxIdDeleted: party<t.TaxIdDeleted>('tax-id-deleted', 'TaxIdDeleted'),
  ledgerCustomerChanged: party<t.LedgerCustomerChanged>('ledger-customer-changed', 'LedgerCustomerChanged'),

  paymentReceived: ar<t.PaymentReceived>('payment-received', 'PaymentReceived'),
  paymentSettled: ar<t.PaymentSettled>('payment-settled', 'PaymentSettled'),
  paymentFailed: ar<t.PaymentFailed>('payment-failed', 'PaymentFailed'),
  paymentConfirmed: ar<t.PaymentConfirmed>('payment-confirmed', 'PaymentConfirmed'),
  paymentPending: ar<t.PaymentPending>('payment-pending', 'PaymentPending'),
  refundCreated: ar<t.RefundCreated>('refund-created', 'RefundCreated'),
  refundUpdated: ar<t.RefundUpdated>('refund-updated', 'RefundUpdated'),
  refundFailed: ar<t.RefundFailed>('refund-failed', 'RefundFailed'),
  disputeOpened: ar<t.DisputeOpened>('dispute-opened', 'DisputeOpened'),
  disputeUpdated: ar<t.DisputeUpdated>('dispute-updated', 'DisputeUpdated'),
  disputeFundsWithdrawn: ar<t.DisputeFundsWithdrawn>('dispute-funds-withdrawn', 'DisputeFundsWithdrawn'),
  disputeFundsReinstated: ar<t.DisputeFundsReinstated>('dispute-funds-reinstated', 'DisputeFundsReinstated'),
  disputeClosed: ar<t.DisputeClosed>('dispute-closed', 'DisputeClosed'),
  creditNoteIssued: ar<t.CreditNoteIssued>('credit-note-issued', 'CreditNoteIssued'),
  creditNoteUpdated: ar<t.CreditNoteUpdated>('credit-note-updated', 'CreditNoteUpdated'),
  creditNoteVoided: ar<t.CreditNoteVoided>('credit-note-voided', 'CreditNoteVoided'),
  checkoutCompleted: ar<t.CheckoutCompleted>('checkout-completed', 'CheckoutCompleted'),
  checkoutPaymentSucceeded: ar<t.CheckoutPaymentSucceeded>('checkout-payment-succeeded', 'CheckoutPaymentSucceeded'),
  checkoutPaymentFailed: ar<t.CheckoutPaymentFailed>('checkout-payment-failed', 'CheckoutPaymentFailed'),
  checkoutExpired: ar<t.CheckoutExpired>('checkout-expired', 'CheckoutExpired'),
  ledgerDocumentChanged: ar<t.LedgerDocumentChanged>('ledger-document-changed', 'LedgerDocumentChanged'),

  invoiceDrafted: billing<t.InvoiceDrafted>('invoice-drafted', 'InvoiceDrafted'),
  invoiceUpdated: billing<t.InvoiceUpdated>('invoice-updated', 'InvoiceUpdated'),
  invoiceFinalised: billing<t.InvoiceFinalised>('invoice-finalised', 'InvoiceFinalised'),
  invoicePaid: billing<t.InvoicePaid>('invoice-paid', 'InvoicePaid'),
  invoicePaymentFailed: billing<t.InvoicePaymentFailed>('invoice-payment-failed', 'InvoicePaymentFailed'),
  invoiceVoided: billing<t.InvoiceVoided>('invoice-voided', 'InvoiceVoided'),
  invoiceMarkedUncollectible: billing<t.InvoiceMarkedUncollectible>('invoice-marked-uncollectible', 'InvoiceMarkedUncollectible'),
  invoicePaymentApplied: billing<t.InvoicePaymentApplied>('invoice-payment-applied', 'InvoicePaymentApplied'),
  subscriptionCreated: billing<t.SubscriptionCreated>('subscription-created', 'SubscriptionCreated'),
  subscriptionUpdated: billing<t.SubscriptionUpdated>('subscription-updated', 'SubscriptionUpdated'),
  subscriptionDeleted: billing<t.SubscriptionDeleted>('subscription-deleted', 'SubscriptionDeleted'),
  subscriptionTrialEnding: billing<t.SubscriptionTrialEnding>('subscription-trial-ending', 'SubscriptionTrialEnding'),
  productCreated: billing<t.ProductCreated>('product-created', 'ProductCreated'),
  productUpdated: billing<t.ProductUpdated>('product-updated', 'ProductUpdated'),
  productDeleted: billing<t.ProductDeleted>('product-deleted', 'ProductDeleted'),
  priceCreated: billing<t.PriceCreated>('price-created', 'PriceCreated'),
  priceUpdated: billing<t.PriceUpdated>('price-updated', 'PriceUpdated'),
  priceDeleted: billing<t.PriceDeleted>('price-deleted', 'PriceDeleted'),
  ledgerItemChanged: billing<t.LedgerItemChanged>('ledger-item-changed', 'LedgerItemChanged'),

  payoutCreated: treasury<t.PayoutCreated>('payout-created', 'PayoutCreated'),
  payoutUpdated: treasury<t.PayoutUpdated>('payout-updated', 'PayoutUpdated'),
  payoutPaid: treasury<t.PayoutPaid>('payout-paid', 'PayoutPaid'),
  payoutFailed: treasury<t.PayoutFailed>('payout-failed', 'PayoutFailed'),
  payoutCancelled: treasury<t.PayoutCancelled>('payout-cancelled', 'PayoutCancelled'),
  payoutReconciled: treasury<t.PayoutReconciled>('payout-reconciled', 'PayoutReconciled'),
  payoutItemised: treasury<t.PayoutItemised>('payout-itemised', 'PayoutItemised'),
  balanceMovementRecorded: treasury<t.BalanceMovementRecorded>('balance-movement-recorded', 'BalanceMovementRecorded'),

  fraudWarningRaised: risk<t.FraudWarningRaised>('fraud-warning-raised', 'FraudWarningRaised'),
  fraudWarningUpdated: risk<t.FraudWarningUpdated>('fraud-warning-updated', 'FraudWarningUpdated'),
  reviewOpened: risk<t.ReviewOpened>('review-opened', 'ReviewOpened'),
  reviewClosed: risk<t.ReviewClosed>('review-closed', 'ReviewClosed'),
  chargeAssessed: risk<t.ChargeAssessed>('charge-assessed', 'ChargeAssessed'),

  postingRequested: event<t.PostingRequested>('postings.posting-requested', undefined, 'tributary.postings.PostingRequested'),

  postingConcluded: erp<t.PostingConcluded>('posting-concluded', 'PostingConcluded'),
  sequenceParked: erp<t.SequenceParked>('sequence-parked', 'SequenceParked'),
  sequenceReleased: erp<t.SequenceReleased>('sequence-released', 'SequenceReleased'),
  targetStateChanged: erp<t.TargetStateChanged>('target-state-changed', 'TargetStateChanged'),

  customerCrossReferenced: event<t.CustomerCrossReferenced>(
    'xref.customer-referenced',
    topics.xrefCustomer,
    'tributary.xref.CustomerCrossReferenced',
  ),
  itemCrossReferenced: event<t.ItemCrossReferenced>('xref.item-referenced', topics.xrefItem, 'tributary.xref.ItemCrossReferenced'),
  documentCrossReferenced: event<t.DocumentCrossReferenced>(
    'xref.document-referenced',
    topics.xrefDocument,
    'tributary.xref.DocumentCrossReferenced',
  ),

  eventTranslated: pipeline<t.EventTranslated>('event-translated', 'EventTranslated'),
  eventRouted: pipeline<t.EventRouted>('event-routed', 'EventRouted'),
  messageParked: pipeline<t.MessageParked>('message-parked', 'MessageParked'),
  deadLetterClosed: pipeline<t.DeadLetterClosed>('dead-letter-closed', 'DeadLetterClosed'),

  deadLetterDecided: ops<t.DeadLetterDecided>('dead-letter-decided', 'DeadLetterDecided'),
  replayOrdered: ops<t.ReplayOrdered>('replay-ordered', 'ReplayOrdered'),
  backfillOrdered: ops<t.BackfillOrdered>('backfill-ordered', 'BackfillOrdered'),
  orderProgressed: ops<t.OrderProgressed>('order-progressed', 'OrderProgressed'),
  orderCancelled: ops<t.OrderCancelled>('order-cancelled', 'OrderCancelled'),
  postingDecided: ops<t.PostingDecided>('posting-decided', 'PostingDecided'),
  scheduleDue: ops<t.ScheduleDue>('schedule-due', 'ScheduleDue'),

  assetVersionPublished: assets<t.AssetVersionPublished>('asset-version-published', 'AssetVersionPublished'),
  assetActivated: assets<t.AssetActivated>('asset-activated', 'AssetActivated'),

  currencyDescribed: event<t.CurrencyDescribed>('reference.currency-described', topics.currencies, 'tributary.reference.CurrencyDescribed'),

  checkpointReached: event<t.CheckpointReached>(
    'checkpoints.checkpoint-reached',
    topics.checkpoints,
    'tributary.checkpoints.CheckpointReached',
  ),
} as const;

/** The value type of an event definition. */
export type ValueOf<Definition> = Definition extends EventDefinition<infer Value> ? Value : never;
