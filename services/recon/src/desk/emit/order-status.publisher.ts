import { Inject, Injectable } from '@nestjs/common';
import { events } from '@tributary/contracts';
import { derivedEventId } from '@tributary/domain';
import { outgoing, PUBLISHER } from '@tributary/messaging';
import type { Outgoing, Publisher } from '@tributary/messaging';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { readOrder } from './order-view.js';
import type { OrderView } from '@tributary/contracts';
import type { DeadLetterFilter } from './dead-letter-filter.js';

const publishWithinMs = 15_000;
/** Largest number of orders per round. */
const batch = 20;

interface UnpublishedOrder {
  readonly id: string;
  readonly announced: boolean;
  readonly told: string | null;
  readonly criteria: DeadLetterFilter;
}

/** Publishes orders and their progress to ops.v1. Event ids are deterministic, so that a repeated publication is dropped by readers. */
@Injectable()
export class OrderStatusPublisher {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(PUBLISHER) private readonly publisher: Publisher,
  ) {}

  /** Publishes the orders that changed since they were last published. */
  async round(): Promise<void> {
    const unpublished = await withDatabase('reading orders to publish', () =>
      this.dataSource.query<UnpublishedOrder[]>(
        `select id, announced, told, criteria from recon.dead_letter_order
         where state not in ('waiting-approval', 'refused', 'expired') and (not announced or (state in ('running', 'paused', 'cancelling') and coalesce(told_at, '-infinity') < now() - interval '1 second')
           or coalesce(told_at, '-infinity') < ended_at)
         order by coalesce(told_at, '-infinity') limit ${batch}`,
      ),
    );
    for (const order of unpublished) await this.publish(order);
  }

  private async publish({ id, announced, told, criteria }: UnpublishedOrder): Promise<void> {
    const order = await withDatabase(`reading order ${id}`, () => readOrder(this.dataSource.manager, id));
    if (!order) return;
    const now = `${order.state} ${order.done} ${order.failed} ${order.given} ${order.stopped}`;
    const messages = [...(announced ? [] : await this.announcement(order, criteria)), ...(now === told ? [] : [progress(order, now)])];
    if (messages.length > 0) await this.publisher.publish(messages, { deadlineMs: publishWithinMs });
    // `told_at` is the clock of the database, like `ended_at`: an order that ended after it was read here is published again.
    await withDatabase(`marking order ${id} as published`, () =>
      this.dataSource.query(
        `update recon.dead_letter_order set announced = true, told = $2,
           told_at = case when $3 or ended_at is null then now() else '-infinity'::timestamptz end where id = $1`,
        [id, now, order.endedAt !== null],
      ),
    );
  }

  /** One event for each dead letter topic that has letters in the order. */
  private async announcement(order: OrderView, filter: DeadLetterFilter): Promise<Outgoing[]> {
    const sources = await withDatabase(`reading what order ${order.id} takes`, () =>
      this.dataSource.query<{ topic: string; consumer_group: string; events: string[] }[]>(
        `select l.topic, l.consumer_group, array_agg(l.message_id order by l.message_id) as events
         from recon.dead_letter_order_item i join recon.dead_letter l on l.id = i.letter_id where i.order_id = $1
         group by 1, 2 order by 1, 2`,
        [order.id],
      ),
    );
    return sources.map(({ topic, consumer_group: consumerGroup, events: eventIds }, ordinal) =>
      outgoing({
        event: events.replayOrdered,
        key: order.id,
        id: derivedEventId(order.id, events.replayOrdered.type, ordinal),
        value: {
          orderId: order.id,
          scope: order.scope === 'cause' ? 'group' : order.scope,
          topic,
          consumerGroup,
          eventIds: order.scope === 'one' ? eventIds : [],
          sequence: filter.sequence ?? null,
          errorCode: filter.cause ?? null,
          query: order.scope === 'query' ? JSON.stringify(filter) : null,
          from: filter.from === undefined ? null : Date.parse(filter.from),
          to: filter.to === undefined ? null : Date.parse(filter.to),
          ratePerSecond: Math.max(1, Math.round(order.ratePerSecond)),
          orderedBy: order.by,
          reason: `${order.action}: ${order.reason}`,
          orderedAt: Date.parse(order.orderedAt),
        },
      }),
    );
  }
}

const wireState: Readonly<Record<OrderView['state'], string>> = {
  'waiting-approval': 'paused',
  running: 'running',
  paused: 'paused',
  cancelling: 'running',
  cancelled: 'cancelled',
  refused: 'cancelled',
  expired: 'cancelled',
  done: 'done',
};

function progress(order: OrderView, signature: string): Outgoing {
  return outgoing({
    event: events.orderProgressed,
    key: order.id,
    id: derivedEventId(order.id, `${events.orderProgressed.type} ${signature}`),
    value: {
      orderId: order.id,
      state: wireState[order.state],
      done: order.done,
      failed: order.failed,
      total: order.total,
      text: `${order.done} of ${order.total} ${order.action === 'replay' ? 'went through' : 'closed'}, ${order.failed} dead-lettered again, ${order.stopped} not dispatched`,
      progressedAt: order.endedAt === null ? Date.now() : Date.parse(order.endedAt),
    },
  });
}
