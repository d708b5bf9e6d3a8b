import type { EventRouted, EventTranslated, PostingConcluded } from '@tributary/contracts';
import { Injectable } from '@nestjs/common';
import { payloadsOf } from '@tributary/persistence';
import type { PayloadTable } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { eventSubject } from '../decide/event-subject.js';
import type { EventSubject } from '../decide/event-subject.js';
import type { RawEvent } from '../decide/raw-event.js';
import { eventTexts, factTexts, outcomePayloads, postingPayloads, sealedText } from '../../shared/emit/view-payloads.js';
import { storableId, storableJson, storableText, storableTime } from '../../shared/decide/storable-text.js';
import { lockCharge } from '../../reconciliation/emit/charge-captures.js';
import { watchEffect } from '../../reconciliation/emit/effect-watch.js';
import { inEventTransaction } from './event-transaction.js';

/** One record of stripe.events.v1, identified by its position: the same position is the same delivery. */
export interface Delivery {
  readonly partition: number;
  readonly offset: bigint;
  readonly eventId: string;
  readonly type: string;
  readonly endpoint: string | null;
  readonly account: string | null;
  readonly receivedAt: Date;
  /** What the body of the record reports; absent when the body is not read. */
  readonly raw?: RawEvent;
  /** Header of the card-number guard; set when it masked something. */
  readonly masked?: string | null;
  /** Whom the event is about, and when it happened. */
  readonly subject?: EventSubject;
  /** Trace that the record belongs to, 32 hexadecimal digits. */
  readonly traceId?: string | null;
}

/**
 * Records the events of the topics, idempotently and in any order, and keeps the state of each Stripe event current. Every method is one
 * transaction that locks the event's row first, so that messages of one event are applied one after another.
 */
@Injectable()
export class EventRepository {
  constructor(private readonly dataSource: DataSource) {}

  async recordDelivery(delivery: Delivery): Promise<void> {
    const eventId = storableId(delivery.eventId);
    await inEventTransaction(
      this.dataSource,
      eventId,
      async (manager) => {
        const type = storableId(delivery.type);
        const inserted: unknown[] = await manager.query(
          `insert into recon.delivery (partition, "offset", event_id, type, endpoint, account, received_at, trace_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning 1`,
          [
            delivery.partition,
            delivery.offset.toString(),
            eventId,
            type,
            delivery.endpoint === null ? null : storableId(delivery.endpoint),
            delivery.account === null ? null : storableId(delivery.account),
            delivery.receivedAt,
            delivery.traceId ?? null,
          ],
        );
        if (inserted.length === 0) return;
        await manager.query(
          `update recon.event set deliveries = deliveries + 1, type = $2, first_received_at = least(coalesce(first_received_at, $3), $3) where event_id = $1`,
          [eventId, type, delivery.receivedAt],
        );
        if (delivery.raw) await this.recordRaw(manager, eventId, delivery.raw, delivery.masked ?? null);
      },
      delivery.subject,
    );
  }

  /** Stores ids and amounts of the body, so that a captured charge has a row from its first delivery on. */
  private async recordRaw(manager: EntityManager, eventId: string, raw: RawEvent, masked: string | null): Promise<void> {
    const chargeId = raw.chargeId === null ? null : storableId(raw.chargeId);
    await manager.query(
      `update recon.event set charge_key = $2, raw_charge_id = $3, raw_minor = $4, raw_currency = $5, raw_capture = $6, raw_growth = $7, raw_at = $8,
         masked = $9 where event_id = $1`,
      [
        eventId,
        chargeId ?? eventId,
        chargeId,
        raw.money?.minor.toString() ?? null,
        raw.money ? storableText(raw.money.currency) : null,
        raw.capture,
        raw.growth,
        raw.chargedAtMs === null ? null : storableTime(raw.chargedAtMs, new Date(0)),
        masked === null ? null : storableText(masked),
      ],
    );
  }

  async recordTranslated(record: EventTranslated, at: Date, key?: string): Promise<void> {
    const eventId = storableId(record.source.eventId);
    await inEventTransaction(
      this.dataSource,
      eventId,
      async (manager) => {
        await manager.query(
          `update recon.event set translated_at = coalesce(translated_at, $2), canonical_count = $3, ignored_reason = $4, ignored_text = $5,
           type = coalesce(type, $6) where event_id = $1`,
          [
            eventId,
            at,
            record.canonical.length,
            optional(record.ignoredReason, storableId),
            ignoredText(manager, eventTexts, eventId, record.ignoredText),
            storableId(record.source.eventType),
          ],
        );
        for (const fact of record.canonical) await this.ensureFact(manager, fact.eventId, eventId, fact.eventType);
      },
      eventSubject(key, record.source.occurredAt),
    );
  }

  async recordRouted(record: EventRouted, at: Date, key?: string): Promise<void> {
    const eventId = storableId(record.sourceEventId);
    await inEventTransaction(
      this.dataSource,
      eventId,
      async (manager) => {
        const canonicalId = storableId(record.canonicalEventId);
        await this.ensureFact(manager, record.canonicalEventId, eventId, record.canonicalType);
        await manager.query(
          `update recon.fact set routed_at = coalesce(routed_at, $2), ignored_reason = $3, ignored_text = $4 where canonical_id = $1`,
          [canonicalId, at, optional(record.ignoredReason, storableId), ignoredText(manager, factTexts, canonicalId, record.ignoredText)],
        );
        for (const posting of record.postings) {
          await manager.query(
            `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, requested_at) values ($1, $2, $3, $4, $5, $6, $7)
           on conflict (request_id) do update set requested_at = coalesce(recon.posting.requested_at, excluded.requested_at)`,
            [
              storableId(posting.requestId),
              canonicalId,
              eventId,
              storableId(posting.postingKey),
              storableId(posting.target),
              storableId(posting.kind),
              at,
            ],
          );
          await this.watchReceipt(manager, posting.postingKey, posting.kind);
        }
      },
      eventSubject(key),
    );
  }

  /** @param outcomeId event id of the outcome; a repeated outcome is dropped. @param key of the record. */
  async recordOutcome(outcome: PostingConcluded, outcomeId: string, key?: string): Promise<void> {
    const concludedAt = storableTime(outcome.concludedAt, new Date(0));
    const eventId = storableId(outcome.sourceEventId);
    const [requestId, postingKey, result] = [storableId(outcome.requestId), storableId(outcome.postingKey), storableId(outcome.result)];
    const [code, text] = [optional(outcome.code, storableId), optional(outcome.text, storableText)];
    await inEventTransaction(
      this.dataSource,
      eventId,
      async (manager) => {
        const reference = outcome.reference ? storableJson(outcome.reference) : null;
        const sealed = (table: PayloadTable, row: string): string | null =>
          sealedText(payloadsOf(manager), { table, column: 'text' }, [row], text);
        const id = storableId(outcomeId);
        await manager.query(
          `insert into recon.outcome (outcome_id, request_id, event_id, posting_key, result, code, text, reference, attempts, concluded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
          [id, requestId, eventId, postingKey, result, code, sealed(outcomePayloads, id), reference, outcome.attempts, concludedAt],
        );
        // The newest outcome is kept; `released` follows `posted` even within the same millisecond.
        await manager.query(
          `insert into recon.posting (request_id, canonical_id, event_id, posting_key, target, kind, result, code, text, reference, attempts, concluded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (request_id) do update set result = excluded.result, code = excluded.code, text = excluded.text,
           reference = coalesce(excluded.reference, recon.posting.reference), attempts = excluded.attempts, concluded_at = excluded.concluded_at
         where recon.posting.result is distinct from 'released' and coalesce(recon.posting.concluded_at, '-infinity') <= excluded.concluded_at`,
          [
            requestId,
            storableId(outcome.canonicalEventId),
            eventId,
            postingKey,
            storableId(outcome.target),
            storableId(outcome.kind),
            result,
            code,
            sealed(postingPayloads, requestId),
            reference,
            outcome.attempts,
            concludedAt,
          ],
        );
        await this.watchReceipt(manager, outcome.postingKey, outcome.kind);
        await watchEffect(manager, outcome);
      },
      eventSubject(key),
    );
  }

  private async ensureFact(manager: EntityManager, canonicalId: string, eventId: string, type: string): Promise<void> {
    await manager.query(`insert into recon.fact (canonical_id, event_id, type) values ($1, $2, $3) on conflict do nothing`, [
      storableId(canonicalId),
      eventId,
      storableId(type),
    ]);
  }

  /** Schedules the lookup of a requested cash receipt in the ledger; a new event about the receipt makes the next lookup due now. */
  private async watchReceipt(manager: EntityManager, postingKey: string, kind: string): Promise<void> {
    if (kind !== 'cash-receipt') return;
    const [, , chargeId = postingKey, part = ''] = postingKey.split('/').map(storableId);
    await lockCharge(manager, chargeId);
    await manager.query(
      `insert into recon.reconciliation (posting_key, charge_id, part) values ($1, $2, $3)
       on conflict (posting_key) do update set due_at = least(recon.reconciliation.due_at, now()) where recon.reconciliation.state <> 'matched'`,
      [storableId(postingKey), chargeId, part],
    );
  }
}

/** Why something was ignored, as it is stored. @param row key of the row. */
function ignoredText(manager: EntityManager, table: PayloadTable, row: string, text: string | null): string | null {
  return sealedText(payloadsOf(manager), { table, column: 'ignored_text' }, [row], optional(text, storableText));
}

function optional(text: string | null, storable: (text: string) => string): string | null {
  return text === null ? null : storable(text);
}
