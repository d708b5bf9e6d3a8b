import type { DeadLetterClosed, MessageParked } from '@tributary/contracts';
import { Injectable } from '@nestjs/common';
import { payloadsOf } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { letterId, letterStates } from '../decide/letter.js';
import type { MoneyAtRisk, SourceRecord } from '../decide/letter.js';
import { closureTexts, letterTexts, sealedText } from '../../shared/emit/view-payloads.js';
import { isStorable, storableId, storableJson, storableText, storableTime } from '../../shared/decide/storable-text.js';
import { eventSubject } from '../../intake/decide/event-subject.js';
import { inEventTransaction } from '../../intake/emit/event-transaction.js';
import { sealedMessage } from './letter-payloads.js';
import { closeItem } from './order-items.js';

/** One record of a dead letter topic. */
export interface DeadLetterRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly eventId: string;
  readonly messageId: string;
  readonly code: string;
  readonly text: string | null;
  readonly deadAt: Date;
  readonly firstFailureAt: Date | null;
  readonly attempts: number | null;
  readonly held: boolean;
  /** Position of the message that was dead-lettered. */
  readonly source: SourceRecord;
  readonly sequence: string;
  readonly eventType: string | null;
  readonly key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly money: MoneyAtRisk | undefined;
}

/** Records dead letters, messages parked behind them, and their results. Idempotent, and independent of the order of arrival. */
@Injectable()
export class DeadLetterRecorder {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Stores a letter. Text is made storable; the bytes of the message stay unchanged, and headers that had to be changed are kept in their
   * original form as well.
   */
  async recordLetter(letter: DeadLetterRecord): Promise<void> {
    const source = storableSource(letter.source);
    const eventId = storableId(letter.eventId);
    const text = letter.text === null ? null : storableText(letter.text);
    const headers = storableJson(letter.headers, longestHeader);
    const id = letterId(letter.topic, letter.partition, letter.offset);
    const sealed = sealedMessage(payloadsOf(this.dataSource), id, {
      ...{ key: storableText(letter.key, longestHeader), value: letter.value, headers, original: originalOf(letter, headers) },
    });
    await inEventTransaction(
      this.dataSource,
      eventId,
      async (manager) => {
        await manager.query(
          `insert into recon.dead_letter (topic, partition, "offset", event_id, message_id, code, text, dead_at, id, consumer_group, source_topic,
           source_partition, source_offset, sequence, event_type, message_key, value, headers, attempts, first_failure_at, held, minor, currency, original)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
         on conflict (topic, partition, "offset") do update set id = excluded.id, consumer_group = excluded.consumer_group,
           source_topic = excluded.source_topic, source_partition = excluded.source_partition, source_offset = excluded.source_offset,
           sequence = excluded.sequence, event_type = excluded.event_type, message_key = excluded.message_key, value = excluded.value,
           headers = excluded.headers, attempts = excluded.attempts, first_failure_at = excluded.first_failure_at, held = excluded.held,
           minor = excluded.minor, currency = excluded.currency, original = excluded.original
         where recon.dead_letter.id is null`,
          [
            letter.topic,
            letter.partition,
            letter.offset.toString(),
            eventId,
            storableId(letter.messageId),
            storableId(letter.code),
            sealedText(payloadsOf(manager), { table: letterTexts, column: 'text' }, [id], text),
            letter.deadAt,
            id,
            source.group,
            source.topic,
            source.partition,
            source.offset.toString(),
            storableId(letter.sequence),
            letter.eventType === null ? null : storableId(letter.eventType),
            sealed.key,
            sealed.value,
            sealed.headers,
            letter.attempts,
            letter.firstFailureAt,
            letter.held,
            letter.money?.minor.toString() ?? null,
            letter.money ? storableText(letter.money.currency) : null,
            sealed.original,
          ],
        );
        await refreshDeadLetterStates(manager, source);
      },
      eventSubject(letter.key),
    );
  }

  async recordParked(record: MessageParked): Promise<void> {
    const eventId = storableId(record.sourceEventId ?? record.eventId);
    await inEventTransaction(this.dataSource, eventId, async (manager) => {
      await manager.query(
        `insert into recon.parked (consumer_group, source_topic, source_partition, source_offset, message_id, event_id, sequence, head_offset, head_code, parked_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
        [
          storableId(record.consumerGroup),
          storableId(record.topic),
          record.partition,
          record.offset,
          storableId(record.eventId),
          eventId,
          storableId(record.sequence),
          record.headOffset,
          storableId(record.headCode),
          storableTime(record.parkedAt, new Date(0)),
        ],
      );
    });
  }

  /**
   * Stores the result that the owner of a partition reported for an order item. Idempotent: the same result may be reported more than once.
   */
  async recordClosure(record: DeadLetterClosed): Promise<void> {
    const eventId = storableId(record.sourceEventId ?? record.eventId);
    const closedAt = storableTime(record.closedAt, new Date(0));
    const itemId = storableId(record.orderId);
    const text = record.text === null ? null : storableText(record.text);
    const place = storableSource({
      group: record.consumerGroup,
      topic: record.topic,
      partition: record.partition,
      offset: BigInt(record.offset),
    });
    await inEventTransaction(this.dataSource, eventId, async (manager) => {
      const inserted = await manager.query<unknown[]>(
        `insert into recon.dead_letter_closure (item_id, consumer_group, source_topic, source_partition, source_offset, message_id, event_id, result, text, closed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing returning 1`,
        [
          itemId,
          place.group,
          place.topic,
          place.partition,
          place.offset.toString(),
          storableId(record.eventId),
          eventId,
          storableId(record.result),
          sealedText(payloadsOf(manager), { table: closureTexts, column: 'text' }, [itemId], text),
          closedAt,
        ],
      );
      if (inserted.length > 0) await closeItem(manager, itemId, storableId(record.result), closedAt);
      await refreshDeadLetterStates(manager, place);
    });
  }
}

/** Longest stored header, characters: a single header can be as large as a whole record. */
const longestHeader = 256 * 1024;

/** The original key and headers, when PostgreSQL could not store them unchanged: a replay sends them byte for byte. */
function originalOf({ key, headers }: DeadLetterRecord, stored: string): Buffer | null {
  const unchanged = isStorable(key) && key.length <= longestHeader && stored === JSON.stringify(headers);
  return unchanged ? null : Buffer.from(JSON.stringify({ key, headers }));
}

function storableSource({ group, topic, partition, offset }: SourceRecord): SourceRecord {
  return { group: storableId(group), topic: storableId(topic), partition, offset };
}

/**
 * Updates the states of the letters of one source record. The caller holds the lock on the event's row, so no other transaction does this
 * at the same time.
 */
export async function refreshDeadLetterStates(manager: EntityManager, { group, topic, partition, offset }: SourceRecord): Promise<void> {
  const place = [group, topic, partition, offset.toString()];
  const at = `consumer_group = $1 and source_topic = $2 and source_partition = $3 and source_offset = $4`;
  const letters = await manager.query<{ id: string; topic: string; partition: number; offset: string; dead_at: Date; ordered: boolean }[]>(
    `select id, "offset"::text, dead_at, exists (
       select from recon.dead_letter_order_item i where i.letter_id = l.id and i.state in ('pending', 'given')) as ordered
     from recon.dead_letter l where ${at}`,
    place,
  );
  const closures = await manager.query<{ item_id: string; result: string; closed_at: Date }[]>(
    `select item_id, result, closed_at from recon.dead_letter_closure where ${at} order by closed_at`,
    place,
  );
  const states = letterStates(
    letters.map((letter) => ({ id: letter.id, order: BigInt(letter.offset), deadAtMs: letter.dead_at.getTime() })),
    closures.map((closure) => ({ itemId: closure.item_id, result: closure.result, closedAtMs: closure.closed_at.getTime() })),
    new Set(letters.filter(({ ordered }) => ordered).map(({ id }) => id)),
  );
  for (const [id, state] of states) {
    const [result, closedAt] = state.state === 'closed' ? [state.result, new Date(state.closedAtMs)] : [null, null];
    await manager.query(
      `update recon.dead_letter set state = $2, result = $3, closed_at = $4 where id = $1 and (state, result, closed_at) is distinct from ($2, $3, $4)`,
      [id, state.state, result, closedAt],
    );
  }
}
