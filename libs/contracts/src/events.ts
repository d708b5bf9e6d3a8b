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

/** The catalogue of events (generated documentation: docs/topics.md). */
export const events = {
  /** Raw: the body as Stripe sent it, byte for byte. */
  stripeEventReceived: event<Uint8Array>('stripe.event-received', topics.stripeEvents, undefined),

  customerCreated: event<t.CustomerCreated>('party.customer-created', topics.party, 'tributary.party.CustomerCreated'),
  customerUpdated: event<t.CustomerUpdated>('party.customer-updated', topics.party, 'tributary.party.CustomerUpdated'),
  customerDeleted: event<t.CustomerDeleted>('party.customer-deleted', topics.party, 'tributary.party.CustomerDeleted'),

  paymentReceived: event<t.PaymentReceived>('ar.payment-received', topics.ar, 'tributary.ar.PaymentReceived'),
  paymentSettled: event<t.PaymentSettled>('ar.payment-settled', topics.ar, 'tributary.ar.PaymentSettled'),
  paymentFailed: event<t.PaymentFailed>('ar.payment-failed', topics.ar, 'tributary.ar.PaymentFailed'),
  paymentConfirmed: event<t.PaymentConfirmed>('ar.payment-confirmed', topics.ar, 'tributary.ar.PaymentConfirmed'),
  refundCreated: event<t.RefundCreated>('ar.refund-created', topics.ar, 'tributary.ar.RefundCreated'),
  refundUpdated: event<t.RefundUpdated>('ar.refund-updated', topics.ar, 'tributary.ar.RefundUpdated'),
  refundFailed: event<t.RefundFailed>('ar.refund-failed', topics.ar, 'tributary.ar.RefundFailed'),

  postingRequested: event<t.PostingRequested>('postings.posting-requested', undefined, 'tributary.postings.PostingRequested'),
  postingConcluded: event<t.PostingConcluded>('erp.posting-concluded', topics.erp, 'tributary.erp.PostingConcluded'),
  customerCrossReferenced: event<t.CustomerCrossReferenced>(
    'xref.customer-referenced',
    topics.xrefCustomer,
    'tributary.xref.CustomerCrossReferenced',
  ),
  documentCrossReferenced: event<t.DocumentCrossReferenced>(
    'xref.document-referenced',
    topics.xrefDocument,
    'tributary.xref.DocumentCrossReferenced',
  ),

  eventTranslated: event<t.EventTranslated>('pipeline.event-translated', topics.pipeline, 'tributary.pipeline.EventTranslated'),
  eventRouted: event<t.EventRouted>('pipeline.event-routed', topics.pipeline, 'tributary.pipeline.EventRouted'),
} as const;

/** The value type of an event definition. */
export type ValueOf<Definition> = Definition extends EventDefinition<infer Value> ? Value : never;
