import type { PaymentReceived, Source } from '@tributary/contracts';
import type { DataSource } from 'typeorm';
import { DeadLetterRecorder } from '../desk/emit/dead-letter.recorder.js';
import { DocumentRepository } from '../intake/emit/document.repository.js';
import { eventSubject } from '../intake/decide/event-subject.js';
import { EventRepository } from '../intake/emit/event.repository.js';
import { PaymentFactsRepository } from '../intake/emit/payment-facts.repository.js';
import { aLetter } from './letters.js';
import { aRequest } from './requests.js';

/** One purchase, as the consumers of recon store it. */
export interface StoredPurchase {
  /** Ends every id of it, so that two purchases have nothing in common. */
  readonly name: string;
  readonly customerId: string;
  readonly at: Date;
  /** A text that stands in every field that may hold something of a person. */
  readonly canary: string;
  /** How its posting ended; `undefined`: not yet. */
  readonly result?: 'posted' | undefined;
}

const invoice = (name: string): string => `kinetic-main/invoice/in_${name}`;

/**
 * Stores a purchase with a text about a person wherever the views can hold one: a payment with a refund, a document with lines, its outcome,
 * an ignored event, and a dead letter that was closed. In the order of the topics.
 */
export async function storePurchase(database: DataSource, purchase: StoredPurchase): Promise<void> {
  const { name, at, canary } = purchase;
  const events = new EventRepository(database);
  const eventId = `evt_${name}`;
  await deliver(events, purchase, eventId, 'charge.succeeded');
  await events.recordTranslated({ source: sourceOf(eventId, at), canonical: [factOf(name)], ignoredReason: null, ignoredText: null }, at);
  await storePayment(database, purchase);
  const request = aRequest(`ch_${name}`, {
    ...{ postingKey: invoice(name), kind: 'invoice', shape: 'epicor-kinetic/invoice', sourceEventId: eventId },
    ...{ canonicalEventId: `fact_${name}`, requestedAt: at.getTime() },
    lines: [
      {
        table: 'InvcDtl',
        key: '1',
        fields: { LineDesc: `${canary} bracket`, SellingShipQty: '2', DocUnitPrice: '147.145', Note_c: canary },
      },
    ],
    effect: [
      { role: 'receivables', account: null, debit: { minor: 29_429n, currency: 'USD' }, credit: null },
      { role: 'sales', account: '4000', debit: null, credit: { minor: 29_429n, currency: 'USD' } },
    ],
  });
  await new DocumentRepository(database).record(request, `req_${name}`);
  const posting = { requestId: `req_${name}`, postingKey: invoice(name), target: 'kinetic-main', kind: 'invoice' };
  await events.recordRouted({ ...routed(name, eventId), postings: [posting], ignoredReason: null, ignoredText: null }, at);
  if (purchase.result === undefined) return;
  await events.recordOutcome(
    {
      ...{ ...posting, result: purchase.result, canonicalEventId: `fact_${name}`, sourceEventId: eventId, sequence: `pi_${name}` },
      ...{ reference: { InvoiceNum: '881' }, amount: null, code: null, text: `booked for ${canary}`, postingDate: null, attempts: 1 },
      ...{ concludedAt: at.getTime(), batchId: null },
    } as unknown as Parameters<EventRepository['recordOutcome']>[0],
    `out_${name}`,
  );
}

/** Stores an event of the customer that was ignored, and one that was dead-lettered; `closed`: and skipped by a person. */
export async function storeLetter(database: DataSource, { name, at, canary, ...purchase }: StoredPurchase, closed: boolean): Promise<void> {
  const events = new EventRepository(database);
  const ignored = `evt_ignored_${name}`;
  await deliver(events, { ...purchase, name, at, canary }, ignored, 'customer.updated');
  await events.recordTranslated(
    { source: sourceOf(ignored, at), canonical: [], ignoredReason: 'no-flow', ignoredText: `for ${canary}` },
    at,
  );
  const letters = new DeadLetterRecorder(database);
  const source = { group: 'tributary-translate', topic: 'stripe.events.v1', partition: 0, offset: offsetOf(`letter ${name}`) };
  const eventId = `evt_dead_${name}`;
  await deliver(events, { ...purchase, name, at, canary }, eventId, 'customer.updated');
  await letters.recordLetter(
    aLetter({
      ...{ eventId, offset: source.offset, source, deadAt: at, text: `no country in ${canary}`, sequence: purchase.customerId },
      ...{ key: purchase.customerId, value: Buffer.from(JSON.stringify({ id: eventId, data: { object: { name: canary } } })) },
      headers: { note: canary },
    }),
  );
  if (!closed) return;
  await letters.recordClosure({
    ...{ orderId: `order_${name}`, consumerGroup: source.group, topic: source.topic, partition: 0, offset: Number(source.offset) },
    ...{ eventId, sourceEventId: eventId, result: 'skipped', text: `${canary} called`, closedAt: at.getTime() },
  } as unknown as Parameters<DeadLetterRecorder['recordClosure']>[0]);
}

async function storePayment(database: DataSource, { name, customerId, at, canary }: StoredPurchase): Promise<void> {
  const payments = new PaymentFactsRepository(database);
  const eventId = `evt_${name}`;
  const amount = { minor: 29_429n, currency: 'USD' };
  const payment: PaymentReceived = {
    ...{ source: sourceOf(eventId, at), paymentId: `pi_${name}`, chargeId: `ch_${name}`, part: null, chargedAt: null, saleId: null },
    ...{ paymentIntentId: null, customerId, customer: null, amount, receivedAt: at.getTime() },
    payer: { name: `${canary} LLC`, email: `${canary}@example.test`, phone: null, address: null },
    method: { type: 'card', brand: 'visa', last4: '4242', country: 'US' },
    ...{ description: null, balanceTransactionId: null, settlement: null, metadata: {} },
  };
  await payments.recordPayment(payment, `fact_${name}`);
  await payments.recordNews({
    ...{
      factId: `fact_refund_${name}`,
      eventId,
      chargeId: `ch_${name}`,
      kind: 'refund-updated',
      objectId: `re_${name}`,
      atMs: at.getTime(),
    },
    ...{ minor: '0', currency: 'USD', status: 'canceled', reason: `${canary} changed her mind`, inquiry: false },
  });
}

async function deliver(events: EventRepository, { at, customerId }: StoredPurchase, eventId: string, type: string): Promise<void> {
  await events.recordDelivery({
    ...{ partition: 0, offset: offsetOf(eventId), eventId, type, endpoint: 'default', account: null, receivedAt: at },
    subject: eventSubject(customerId, at.getTime()),
  });
}

const factOf = (name: string): { eventId: string; eventType: string } => ({ eventId: `fact_${name}`, eventType: 'ar.payment-received' });
const routed = (name: string, sourceEventId: string): { sourceEventId: string; canonicalEventId: string; canonicalType: string } => ({
  ...{ sourceEventId, canonicalEventId: `fact_${name}`, canonicalType: 'ar.payment-received' },
});

function sourceOf(eventId: string, at: Date): Source {
  const object = { system: 'stripe', account: null, eventType: 'charge.succeeded', objectId: 'ch_1', apiVersion: null, livemode: false };
  return { ...object, eventId, occurredAt: at.getTime() };
}

const offsets = new Map<string, bigint>();
/** The same offset for the same record, also when it is stored again. */
function offsetOf(record: string): bigint {
  const known = offsets.get(record) ?? BigInt(offsets.size);
  offsets.set(record, known);
  return known;
}
