import type { EntityManager } from 'typeorm';
import type { OrderAction } from '@tributary/contracts';
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
    const why = busy.state === 'closed' ? 'it is closed' : 'another order has it';
    throw new OrderRefusedError(409, 'dead-letter.not-open', `Dead letter ${busy.id} cannot be ordered: ${why}.`);
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
