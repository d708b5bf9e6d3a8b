import { money } from '@tributary/domain';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { DeadLetterRecorder } from '../desk/emit/dead-letter.recorder.js';
import { EventRepository } from '../intake/emit/event.repository.js';
import { PaymentFactsRepository } from '../intake/emit/payment-facts.repository.js';
import { viewTables } from '../rebuild/views-digest.js';
import { ReconciliationRepository } from '../reconciliation/emit/reconciliation.repository.js';
import { lockCharge } from '../reconciliation/emit/charge-captures.js';
import { SeenRowsWorker } from '../reconciliation/emit/seen-rows.worker.js';
import { KeptSumsWorker } from '../views/emit/kept-sums.worker.js';
import { aLetter } from './letters.js';

const at = new Date('2026-11-21T06:00:00Z');
const group = 'g';
/** Ledgers that the histories are about. */
export const targets = ['kinetic-main', 'sl-main', 'ns-main'];
const topicsOf = ['stripe.events.v1', 'postings.kinetic-main.v1', 'postings.sl-main.v1'];

/** One message, reading or piece of work; the same numbers are the same event, charge, target and message. */
export interface Step {
  readonly what:
    | 'deliver'
    | 'translate'
    | 'route'
    | 'pay'
    | 'conclude'
    | 'news'
    | 'bury'
    | 'park'
    | 'close'
    | 'read ledger'
    | 'merge'
    | 'displace'
    | 'place'
    | 'rebuild';
  /** Which of some events; each reports one of fewer charges. */
  readonly event: number;
  readonly target: number;
  readonly n: number;
  /** Taken from a few: amounts, results, kinds. */
  readonly pick: number;
}
export const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom(
    ...([
      'deliver',
      'translate',
      'route',
      'pay',
      'conclude',
      'news',
      'bury',
      'park',
      'close',
      'read ledger',
      'merge',
      'displace',
      'place',
    ] as const),
  ),
  event: fc.nat(3),
  target: fc.nat(2),
  n: fc.nat(5),
  pick: fc.nat(5),
});

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const idsOf = ({ event, target }: Step) => ({
  ...{ eventId: `evt_${event}`, charge: `ch_${event % 3}`, factId: `fact_${event}`, requestId: `req_${event}_${target}` },
  ...{ target: pick(targets, target), kind: kindOf(event, target) },
  postingKey: `${pick(targets, target)}/${kindOf(event, target)}/ch_${event % 3}`,
});
/** One of the postings writes metadata, which is no document. */
const kindOf = (event: number, target: number): string => (event === 1 && target === 2 ? 'metadata' : 'cash-receipt');
const sourceOf = (eventId: string) => ({
  ...{ system: 'stripe', account: null, eventId, eventType: 'charge.succeeded', objectId: 'ch' },
  ...{ apiVersion: null, livemode: false, occurredAt: at.getTime() },
});

/** Plays one step through the repositories that the consumers use. */
export async function play(database: DataSource, one: Step): Promise<void> {
  const { eventId, charge, factId, requestId, target, kind, postingKey } = idsOf(one);
  const receivedAt = new Date(at.getTime() + one.event * 60_000);
  const events = new EventRepository(database);
  const facts = new PaymentFactsRepository(database);
  const recorder = new DeadLetterRecorder(database);
  const amount = money(BigInt(100 * (one.pick + 1)), pick(['EUR', 'USD'], one.event));
  const message = pick([eventId, factId, requestId], one.pick);
  const offset = one.event * 10 + one.n; // a record is about one event
  const place = { group, topic: pick(topicsOf, one.target), partition: 0, offset: BigInt(offset) };
  switch (one.what) {
    case 'deliver':
      return events.recordDelivery({
        ...{
          partition: 0,
          offset: BigInt(offset),
          eventId,
          type: 'charge.succeeded',
          endpoint: null,
          account: null,
          receivedAt,
        },
        raw: { chargeId: charge, money: amount, capture: true, growth: one.n === 0, chargedAtMs: at.getTime() },
      });
    case 'translate':
      return events.recordTranslated(
        {
          source: sourceOf(eventId),
          canonical: [{ eventId: factId, eventType: 'ar.payment-received' }],
          ignoredReason: null,
          ignoredText: null,
        },
        at,
      );
    case 'route':
      return events.recordRouted(
        {
          ...{
            sourceEventId: eventId,
            canonicalEventId: factId,
            canonicalType: 'ar.payment-received',
            ignoredReason: null,
            ignoredText: null,
          },
          postings: [{ requestId, postingKey, target, kind }],
        },
        at,
      );
    case 'pay':
      return facts.recordPayment(
        {
          ...{
            source: sourceOf(eventId),
            paymentId: `pi_${charge}`,
            chargeId: charge,
            part: one.n === 0 ? 'second' : null,
            chargedAt: null,
          },
          ...{
            saleId: null,
            paymentIntentId: null,
            customerId: null,
            customer: null,
            amount,
            receivedAt: receivedAt.getTime(),
            description: null,
          },
          payer: { name: null, email: null, phone: null, address: null },
          ...{
            method: { type: 'card', brand: null, last4: null, country: null },
            balanceTransactionId: null,
            settlement: null,
            metadata: {},
          },
        },
        factId,
      );
    case 'conclude': {
      const result = pick(['posted', 'released', 'rejected', 'duplicate', 'held', 'released'], one.pick);
      return events.recordOutcome(
        {
          ...{
            requestId,
            postingKey,
            target,
            kind,
            result,
            canonicalEventId: factId,
            sourceEventId: eventId,
            sequence: 's',
          },
          ...{
            reference: { Number: '1' },
            amount,
            code: null,
            text: null,
            postingDate: null,
            attempts: 1,
            concludedAt: at.getTime() + one.n,
          },
        },
        `out_${requestId}_${one.n}`,
      );
    }
    case 'news':
      return facts.recordNews({
        ...{
          factId: `news_${charge}_${one.n}`,
          eventId: `evt_news_${one.n}`,
          chargeId: charge,
          objectId: 'x',
          atMs: at.getTime(),
          minor: '5',
        },
        kind: pick(['refund', 'refund-failed', 'dispute-opened', 'failed'] as const, one.pick) as never,
        ...{ currency: 'EUR', status: null, reason: null, inquiry: one.n % 2 === 0 },
      });
    case 'bury':
      return recorder.recordLetter(
        aLetter({
          ...{ partition: one.target, offset: BigInt(offset), eventId, messageId: message, code: `code-${one.pick % 2}` },
          ...{ source: place, sequence: `seq_${one.n % 2}`, held: one.pick === 5, ...(one.pick > 2 ? { money: amount } : {}) },
        }),
      );
    case 'park':
      return recorder.recordParked({
        ...{ consumerGroup: group, topic: place.topic, partition: 0, offset: offset + 3, eventId: message, sourceEventId: eventId },
        ...{ sequence: `seq_${one.n % 2}`, headOffset: 0, headCode: 'code', parkedAt: at.getTime() + one.n },
      });
    case 'close':
      return recorder.recordClosure({
        ...{
          orderId: `item_${offset}_${one.target}`,
          consumerGroup: group,
          topic: place.topic,
          partition: 0,
          offset,
          eventId: message,
        },
        ...{
          sourceEventId: eventId,
          sequence: 's',
          result: pick(['replayed', 'skipped', 'resolved'], one.pick),
          text: null,
          closedAt: at.getTime(),
        },
      });
    case 'read ledger':
      return new ReconciliationRepository(database).record(
        { postingKey, chargeId: charge, part: '', checks: 0 },
        {
          ledger: one.pick < 3 ? { minor: '100', currency: 'EUR' } : undefined,
          released: true,
          clearing: undefined,
          problem: null,
          reference: undefined,
        },
      );
    case 'merge':
      await new KeptSumsWorker(database).round();
      return undefined;
    case 'displace':
      return displace(database, eventId, charge);
    case 'place':
      await new SeenRowsWorker(database).round();
      return undefined;
    case 'rebuild':
      await database.query(`truncate ${viewTables.map((table) => `recon.${table}`).join(', ')}`);
      return undefined;
  }
}

/** As an older version leaves an event and the captures of a charge, which does not know what is kept for single ledgers. */
async function displace(database: DataSource, eventId: string, chargeId: string): Promise<void> {
  await database.transaction(async (manager) => {
    await manager.query('update recon.event set involved = null where event_id = $1', [eventId]);
    await manager.query('delete from recon.event_seen where event_id = $1', [eventId]);
    await lockCharge(manager, chargeId);
    await manager.query('delete from recon.capture_seen where charge_id = $1', [chargeId]);
    await manager.query('update recon.capture set involved = null where charge_id = $1', [chargeId]);
  });
}
