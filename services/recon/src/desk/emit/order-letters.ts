import type { EntityManager } from 'typeorm';
import type { LetterOrderView, OrderAction } from '@tributary/contracts';
import { reconGroup } from '../../recon.topics.js';
import { deadLetterCondition } from './dead-letter-filter.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';
import { OrderRefusedError } from './order.errors.js';

/** Largest number of items in one order: a larger order is probably a mistake, or has to be split. */
export const mostItems = 50_000;

/** A dead letter that an order is about. */
export interface ChosenLetter {
  readonly id: string;
  readonly state: string;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly sequence: string;
  /** Its bytes and the position of its message are stored. */
  readonly whole: boolean;
  readonly minor: string | null;
  readonly currency: string | null;
}

/** Which letters an order takes, and what for. */
export interface Selection {
  readonly action: OrderAction;
  readonly scope: string;
  readonly filter: DeadLetterFilter;
}

/** The newest order that has a letter, or had it when it was closed; undefined: none. */
export async function orderOfLetter(manager: EntityManager, letterId: string): Promise<LetterOrderView | undefined> {
  const [order] = await manager.query<(Omit<LetterOrderView, 'orderedAt'> & { readonly at: Date })[]>(
    `select o.id, o.action, o.ordered_by as by, o.reason, o.ordered_at as at from recon.dead_letter_order_item i
       join recon.dead_letter_order o on o.id = i.order_id where i.letter_id = $1 and i.state <> 'stopped' order by o.ordered_at desc limit 1`,
    [letterId],
  );
  if (!order) return undefined;
  const { at, ...said } = order;
  return { ...said, orderedAt: at.toISOString() };
}

/** Who was quicker: `, by Ada (replay, ord_1: the period is open)`; '' where no order has the letter. */
async function whoseOrder(manager: EntityManager, letterId: string): Promise<string> {
  const order = await orderOfLetter(manager, letterId);
  return order ? `, by ${order.by} (${order.action}, ${order.id}: ${order.reason})` : '';
}

/**
 * The letters of a new order. @param lock whether they are locked. @throws {OrderRefusedError} when none can be dispatched, or one of them
 * cannot.
 */
export async function chooseLetters(manager: EntityManager, order: Selection, lock = true): Promise<ChosenLetter[]> {
  const { sql, values } = deadLetterCondition(order.filter);
  const found = await manager.query<ChosenLetter[]>(
    `select l.id, l.state, l.consumer_group as "group", l.source_topic as topic, l.source_partition as partition, l.source_offset::text as "offset",
       l.sequence, l.value is not null and l.source_offset >= 0 and l.source_partition >= 0 as whole, l.minor::text as minor, l.currency
     from recon.dead_letter l where ${sql} ${order.scope === 'one' ? '' : `and l.state = 'open'`} order by l.id limit ${mostItems + 1} ${lock ? 'for update' : ''}`,
    values,
  );
  if (found.length > mostItems)
    throw new OrderRefusedError(413, 'order.too-large', `More than ${mostItems} dead letters match: narrow it down, by cause or by time.`);
  const unknown = (order.filter.ids ?? []).filter((id) => !found.some((letter) => letter.id === id));
  if (unknown.length > 0) throw new OrderRefusedError(404, 'dead-letter.unknown', `There is no dead letter ${unknown.join(', ')}.`);
  const [busy] = found.filter(({ state }) => state !== 'open');
  if (busy) {
    const why = `it ${busy.state === 'closed' ? 'is closed' : 'is in an order'}${await whoseOrder(manager, busy.id)}`;
    throw new OrderRefusedError(409, 'dead-letter.not-open', `Dead letter ${busy.id} cannot be ordered: ${why}. Nothing was ordered.`);
  }
  const own = found.find(({ group }) => group === reconGroup);
  if (own && order.action === 'replay')
    throw new OrderRefusedError(
      409,
      'dead-letter.no-replay',
      `Dead letter ${own.id} is recon's own: it is not replayed. Mend the cause, rebuild the views, then skip it.`,
    );
  const torn = found.find(({ whole, group }) => !whole && group !== reconGroup);
  if (torn)
    throw new OrderRefusedError(
      409,
      'dead-letter.incomplete',
      `Dead letter ${torn.id} cannot be given back: it does not say where it was read, or its bytes are not stored here. Rebuild recon from the topics.`,
    );
  if (found.length === 0) throw new OrderRefusedError(409, 'order.nothing-open', 'No open dead letter matches.');
  return found;
}
