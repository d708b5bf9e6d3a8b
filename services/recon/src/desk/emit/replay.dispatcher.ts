import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { events } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { MessageTooLargeError, outgoing, PUBLISHER, UnencodableMessageError } from '@tributary/messaging';
import type { MessageSeals, Outgoing, Publisher } from '@tributary/messaging';
import { payloadPlace, payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { redeliveryDelayMs, replayRecord } from '../decide/order.js';
import type { DispatchedLetter, OrderAction } from '../decide/order.js';
import { reconGroup } from '../../recon.topics.js';
import { auditPayloads, contentHash, openedItem } from './letter-payloads.js';
import type { StoredContent, StoredMessage } from './letter-payloads.js';
import { closeItem, endOrder } from './order-items.js';
import { MESSAGE_SEALS, sealedReplay } from './sealed-replay.js';
import { expireOrders, IS_WITHDRAWN, mayGoOn, waitAgain } from './order-rights.js';
import type { IsWithdrawn } from './order-rights.js';

/** Injection token: first delay before an unanswered item is dispatched again, ms. */
export const REDELIVERY_DELAY_MS = Symbol('REDELIVERY_DELAY_MS');

/** One round dispatches at most as many items as the rate allows in this time, ms, so that a cancelled order stops soon. */
const roundMs = 200;
const publishWithinMs = 15_000;
/** Result of an item whose message cannot be decrypted. */
const unreadableCode = 'payload.unreadable';

interface Due {
  readonly id: string;
  readonly action: OrderAction;
  readonly rate: number;
  readonly reason: string;
  readonly ordered_by: string;
  readonly isApproved: boolean;
  readonly reference: Readonly<Record<string, string>> | null;
  /** Documents that stand for single letters, by letter. */
  readonly documents: Readonly<Record<string, Readonly<Record<string, string>>>> | null;
}

interface ItemRow extends StoredMessage, StoredContent {
  readonly deliveryCount: number;
  readonly given_at: Date;
  readonly code: string;
  readonly message_id: string;
  readonly event_id: string;
  readonly sequence: string;
  readonly consumer_group: string;
  readonly source_topic: string;
  readonly source_partition: number;
  readonly source_offset: string;
  /** SHA-256 of what the order was made with. */
  readonly bound: string | null;
}

/** An item with its message as it was. */
interface DueItem extends ItemRow {
  readonly message_key: string;
  readonly value: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** What would be dispatched is not what the order was made with. */
  readonly isChanged: boolean;
  /** Why its message cannot be decrypted. */
  readonly problem: string | undefined;
}

/** Rolls a round back: a letter that it claimed is not what was approved. */
class NotWhatWasApproved extends Error {
  constructor(readonly orderId: string) {
    super(`order ${orderId} is not what was approved`);
  }
}

interface Round {
  readonly order: Due;
  readonly items: readonly DueItem[];
}

/**
 * Dispatches the items of replay orders, a few at a time. I7: an item is marked `given` in the database before its record is written. A
 * process that crashes in between dispatches it again under the same id, and the consumer group acts on it once.
 */
@Injectable()
export class ReplayDispatcher {
  private readonly logger = new Logger(ReplayDispatcher.name);

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PUBLISHER) private readonly publisher: Publisher,
    @Inject(REDELIVERY_DELAY_MS) private readonly firstDelayMs: number,
    @Optional() @Inject(MESSAGE_SEALS) private readonly seals?: MessageSeals,
    @Optional() @Inject(IS_WITHDRAWN) private readonly isWithdrawn: IsWithdrawn = () => false,
  ) {}

  /** Runs one round of one due order. @returns number of dispatched items; undefined when no order was due. */
  async round(): Promise<number | undefined> {
    const round = await withDatabase('taking items of an order', () => this.dataSource.transaction((manager) => this.take(manager))).catch(
      async (error: unknown) => {
        if (!(error instanceof NotWhatWasApproved)) throw error;
        await withDatabase('taking an approval back', () => this.dataSource.transaction((manager) => waitAgain(manager, error.orderId)));
        return undefined;
      },
    );
    if (!round) return undefined;
    await Promise.all(round.items.map((item) => this.dispatch(round.order, item)));
    return round.items.length;
  }

  private async take(manager: EntityManager): Promise<Round | undefined> {
    await expireOrders(manager);
    // With several instances, each one skips orders that another has locked.
    const [order] = await manager.query<Due[]>(
      `select id, action, rate_per_second::float8 as rate, reason, ordered_by, reference, documents, approved_at is not null as "isApproved" from recon.dead_letter_order
       where state in ('running', 'cancelling') and next_at <= now() order by next_at limit 1 for update skip locked`,
    );
    if (!order) return undefined;
    if (!(await mayGoOn(manager, order.id, this.isWithdrawn))) return { order, items: [] };
    const most = Math.max(1, Math.floor((order.rate * roundMs) / 1_000));
    const items = await this.claim(manager, order.id, most);
    if (order.isApproved && items.some(({ isChanged }) => isChanged)) throw new NotWhatWasApproved(order.id);
    const waitMs = items.length === 0 ? roundMs : Math.max(1, (items.length * 1_000) / order.rate);
    await manager.query(`update recon.dead_letter_order set next_at = now() + $2 * interval '1 millisecond' where id = $1`, [
      order.id,
      waitMs,
    ]);
    for (const item of items) if (item.deliveryCount === 1) await this.audit(manager, order, item);
    if (items.length === 0) await endOrder(manager, order.id);
    return { order, items };
  }

  /**
   * Claims the items to dispatch next. I4: one item of a sequence at a time, oldest first, also across orders. Items without a result are
   * dispatched again only after new ones, so that a group that does not answer delays no other group.
   */
  private async claim(manager: EntityManager, orderId: string, most: number): Promise<DueItem[]> {
    const [rows] = await manager.query<[ItemRow[], number]>(
      `with due as (
         select i.id from recon.dead_letter_order_item i where i.order_id = $1 and (
           (i.state = 'given' and i.again_at <= now())
           or (i.state = 'pending' and not exists (
             select from recon.dead_letter_order_item j where j.lane = i.lane and j.state in ('pending', 'given') and j.id <> i.id
               and (j.state = 'given' or (j.source_offset, j.id) < (i.source_offset, i.id)))))
         order by i.gives, i.source_offset, i.id limit $2)
       update recon.dead_letter_order_item i set state = 'given', gives = gives + 1, given_at = coalesce(given_at, now()), again_at = now() + interval '1 day'
       from due, recon.dead_letter l where i.id = due.id and l.id = i.letter_id
       returning i.id, i.letter_id, i.edited, i.gives as "deliveryCount", i.given_at, l.code, l.message_id, l.event_id, l.sequence, l.consumer_group, l.source_topic,
         l.source_partition, l.source_offset::text, l.message_key, l.value, l.headers, l.original, i.bound`,
      [orderId, most],
    );
    for (const { id, deliveryCount } of rows)
      await manager.query(`update recon.dead_letter_order_item set again_at = now() + $2 * interval '1 millisecond' where id = $1`, [
        id,
        redeliveryDelayMs(this.firstDelayMs, deliveryCount),
      ]);
    const cipher = payloadsOf(manager);
    return rows.map((row) => ({ ...row, ...openedItem(cipher, row), isChanged: row.bound !== contentHash(cipher, row) }));
  }

  private async audit(manager: EntityManager, order: Due, item: DueItem): Promise<void> {
    const after = item.edited ?? item.value;
    const isReadable = item.problem === undefined;
    const sealed = (column: string, bytes: Buffer): Buffer | null =>
      isReadable ? payloadsOf(manager).sealBytes(payloadPlace(auditPayloads, column, [item.letter_id, item.id]), bytes) : null;
    await manager.query(
      `insert into recon.dead_letter_audit (order_id, item_id, letter_id, done, done_by, reason, before_digest, before_value, after_digest, after_value, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        order.id,
        item.id,
        item.letter_id,
        `given: ${order.action}`,
        order.ordered_by,
        order.reason,
        isReadable ? digestOf(item.value) : null,
        sealed('before_value', item.value),
        isReadable ? digestOf(after) : null,
        sealed('after_value', after),
        JSON.stringify({ code: item.code, reference: referenceOf(order, item) }),
      ],
    );
  }

  private async dispatch(order: Due, item: DueItem): Promise<void> {
    try {
      // Publish the decision first, so that ops.v1 records every replay.
      await this.publisher.publish([decided(order, item)], { deadlineMs: publishWithinMs });
      if (item.consumer_group === reconGroup) {
        await this.publisher.publish([closedHere(order, item)], { deadlineMs: publishWithinMs });
        return;
      }
      if (item.problem !== undefined) {
        this.logger.warn(`item ${item.id} of order ${order.id} is not dispatched: ${item.problem}`);
        await this.refuse(item.id, unreadableCode);
        return;
      }
      const record = sealedReplay(this.seals, replayRecord(letterOf(order, item)), item.edited !== null);
      await this.publisher.publishRaw([record], { deadlineMs: publishWithinMs });
    } catch (error) {
      // Kafka is unavailable: the item is dispatched again later under the same id. A record that no broker accepts is refused permanently.
      if (error instanceof MessageTooLargeError || error instanceof UnencodableMessageError) await this.refuse(item.id, error.code);
    }
  }

  private async refuse(item: string, code: string): Promise<void> {
    await withDatabase(`closing item ${item}`, () =>
      this.dataSource.transaction((manager) => closeItem(manager, item, `refused: ${code}`, new Date())),
    );
  }
}

function letterOf(order: Due, item: DueItem): DispatchedLetter {
  const original = item.original && (JSON.parse(item.original.toString('utf8')) as Pick<DispatchedLetter, 'key' | 'headers'>);
  return {
    item: item.id,
    action: order.action,
    reason: order.reason,
    reference: order.action === 'replay' ? null : referenceOf(order, item),
    answer: order.action === 'replay' && order.reference?.answer !== undefined ? { code: item.code, text: order.reference.answer } : null,
    group: item.consumer_group,
    topic: item.source_topic,
    partition: item.source_partition,
    offset: BigInt(item.source_offset),
    key: original?.key ?? item.message_key,
    value: item.edited ?? item.value,
    headers: original?.headers ?? item.headers,
  };
}

/** What the order says of a letter: the document that stands for it, or what it says of all of them. */
function referenceOf({ reference, documents }: Due, { letter_id: letter }: DueItem): Due['reference'] {
  return documents && Object.hasOwn(documents, letter) ? (documents[letter] ?? null) : reference;
}

function decided(order: Due, item: DueItem): Outgoing {
  return outgoing({
    event: events.deadLetterDecided,
    key: order.id,
    id: derivedEventId(item.id, events.deadLetterDecided.type),
    value: {
      orderId: order.id,
      itemId: item.id,
      deadLetterId: item.letter_id,
      action: order.action,
      consumerGroup: item.consumer_group,
      topic: item.source_topic,
      partition: item.source_partition,
      offset: Number(item.source_offset),
      eventId: item.message_id,
      sequence: item.sequence,
      errorCode: item.code,
      beforeDigest: digestOf(item.value),
      afterDigest: digestOf(item.edited ?? item.value),
      reference: referenceOf(order, item),
      decidedBy: order.ordered_by,
      reason: order.reason,
      decidedAt: item.given_at.getTime(),
    },
  });
}

/** recon has no replay topic for its own dead letters, so it reports the result of the order itself. */
function closedHere(order: Due, item: DueItem): Outgoing {
  return outgoing({
    event: events.deadLetterClosed,
    key: item.message_key,
    id: derivedEventId(item.id, events.deadLetterClosed.type),
    value: {
      orderId: item.id,
      consumerGroup: item.consumer_group,
      topic: item.source_topic,
      partition: item.source_partition,
      offset: Number(item.source_offset),
      eventId: item.message_id,
      sourceEventId: item.event_id,
      sequence: item.sequence,
      result: order.action === 'skip' ? 'skipped' : 'resolved',
      text: order.reason,
      closedAt: item.given_at.getTime(),
    },
  });
}

/** SHA-256 of a payload, hex. */
export function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
