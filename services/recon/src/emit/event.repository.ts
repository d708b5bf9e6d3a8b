import type { EventRouted, EventTranslated, PaymentReceived, PostingConcluded } from '@tributary/contracts';
import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { forEvent } from './event-transaction.js';

/** One record of stripe.events.v1, by its place: the same place is the same delivery. */
export interface Delivery {
  readonly partition: number;
  readonly offset: bigint;
  readonly eventId: string;
  readonly type: string;
  readonly endpoint: string | null;
  readonly account: string | null;
  readonly receivedAt: Date;
}

/**
 * Records what the topics say, each message once, in any order, and keeps the event's state current. Every method is one
 * transaction that first takes the event's row, so messages of one event cannot overtake each other half way.
 */
@Injectable()
export class EventRepository {
  constructor(private readonly dataSource: DataSource) {}

  async recordDelivery(delivery: Delivery): Promise<void> {
    await this.forEvent(delivery.eventId, async (manager) => {
      const inserted: unknown[] = await manager.query(
        `insert into recon.delivery (partition, "offset", event_id, type, endpoint, account, received_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
        [
          delivery.partition,
          delivery.offset.toString(),
          delivery.eventId,
          delivery.type,
          delivery.endpoint,
          delivery.account,
          delivery.receivedAt,
        ],
      );
      if (inserted.length === 0) return;
      await manager.query(
        `update recon.event set deliveries = deliveries + 1, type = $2, first_received_at = least(coalesce(first_received_at, $3), $3) where event_id = $1`,
        [delivery.eventId, delivery.type, delivery.receivedAt],
      );
    });
  }

  async recordTranslated(record: EventTranslated, at: Date): Promise<void> {
    await this.forEvent(record.source.eventId, async (manager) => {
      await manager.query(
        `update recon.event set translated_at = coalesce(translated_at, $2), canonical_count = $3, ignored_reason = $4, ignored_text = $5,
           type = coalesce(type, $6) where event_id = $1`,
        [record.source.eventId, at, record.canonical.length, record.ignoredReason, record.ignoredText, record.source.eventType],
      );
      for (const fact of record.canonical) await this.ensureFact(manager, fact.eventId, record.source.eventId, fact.eventType);
    });
  }

  async recordRouted(record: EventRouted, at: Date): Promise<void> {
    await this.forEvent(record.sourceEventId, async (manager) => {
      await this.ensureFact(manager, record.canonicalEventId, record.sourceEventId, record.canonicalType);
      await manager.query(
        `update recon.fact set routed_at = coalesce(routed_at, $2), ignored_reason = $3, ignored_text = $4 where canonical_id = $1`,
        [record.canonicalEventId, at, record.ignoredReason, record.ignoredText],
      );
      for (const posting of record.postings) {
        await manager.query(
          `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at) values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (request_id) do update set requested_at = coalesce(recon.posting.requested_at, excluded.requested_at)`,
          [posting.requestId, record.canonicalEventId, record.sourceEventId, posting.postingKey, posting.target, posting.kind, at],
        );
        await this.watchReceipt(manager, posting.postingKey, posting.kind);
      }
    });
  }

  /** @param outcomeId event id of the outcome: a repeated outcome is dropped. */
  async recordOutcome(outcome: PostingConcluded, outcomeId: string): Promise<void> {
    const concludedAt = new Date(outcome.concludedAt);
    await this.forEvent(outcome.sourceEventId, async (manager) => {
      const reference = outcome.reference ? JSON.stringify(outcome.reference) : null;
      await manager.query(
        `insert into recon.outcome (outcome_id, request_id, event_id, posting_key, result, code, text, reference, attempts, concluded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
        [
          outcomeId,
          outcome.requestId,
          outcome.sourceEventId,
          outcome.postingKey,
          outcome.result,
          outcome.code,
          outcome.text,
          reference,
          outcome.attempts,
          concludedAt,
        ],
      );
      // The newest outcome stands; `released` follows `posted` even within one millisecond.
      await manager.query(
        `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, result, code, text, reference, attempts, concluded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (request_id) do update set result = excluded.result, code = excluded.code, text = excluded.text,
           reference = coalesce(excluded.reference, recon.posting.reference), attempts = excluded.attempts, concluded_at = excluded.concluded_at
         where recon.posting.result is distinct from 'released' and coalesce(recon.posting.concluded_at, '-infinity') <= excluded.concluded_at`,
        [
          outcome.requestId,
          outcome.canonicalEventId,
          outcome.sourceEventId,
          outcome.postingKey,
          outcome.target,
          outcome.kind,
          outcome.result,
          outcome.code,
          outcome.text,
          reference,
          outcome.attempts,
          concludedAt,
        ],
      );
      await this.watchReceipt(manager, outcome.postingKey, outcome.kind);
    });
  }

  /** What Stripe says: one payment, gross, in the currency of its charge. */
  async recordPayment(payment: PaymentReceived, canonicalId: string): Promise<void> {
    const payer = payment.customer?.name ?? payment.payer.name ?? payment.payer.email;
    await withDatabase(`recording payment ${payment.chargeId}`, () =>
      this.dataSource.query(
        `insert into recon.payment (charge_id, payment_id, canonical_id, event_id, customer_id, customer_name, minor, currency, received_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (charge_id) do update set
         customer_name = coalesce(excluded.customer_name, recon.payment.customer_name), customer_id = coalesce(excluded.customer_id, recon.payment.customer_id)`,
        [
          payment.chargeId,
          payment.paymentId,
          canonicalId,
          payment.source.eventId,
          payment.customerId,
          payer,
          payment.amount.minor.toString(),
          payment.amount.currency,
          new Date(payment.receivedAt),
        ],
      ),
    );
  }

  private async ensureFact(manager: EntityManager, canonicalId: string, eventId: string, type: string): Promise<void> {
    await manager.query(`insert into recon.fact (canonical_id, event_id, type) values ($1, $2, $3) on conflict do nothing`, [
      canonicalId,
      eventId,
      type,
    ]);
  }

  /** A cash receipt asked for is one to look for in the ledger; news about it makes the next look due now. */
  private async watchReceipt(manager: EntityManager, postingKey: string, kind: string): Promise<void> {
    if (kind !== 'cash-receipt') return;
    await manager.query(
      `insert into recon.reconciliation (posting_key, charge_id) values ($1, $2) on conflict (posting_key) do update set due_at = least(recon.reconciliation.due_at, now())
       where recon.reconciliation.state <> 'matched'`,
      [postingKey, postingKey.split('/')[2] ?? postingKey],
    );
  }

  private forEvent(eventId: string, work: (manager: EntityManager) => Promise<void>): Promise<void> {
    return forEvent(this.dataSource, eventId, work);
  }
}
