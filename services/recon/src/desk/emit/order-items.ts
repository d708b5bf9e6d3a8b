import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/emit/append-audit.js';

/** Results after which the next message of the sequence may be dispatched. After any other result the order stops for that sequence. */
const goesOn = new Set(['replayed', 'skipped', 'resolved', 'not-applicable']);

/**
 * Closes an order item whose result was reported, and writes the audit entry. When the message was dead-lettered again, the order stops for
 * its sequence: later messages would overtake it (I4). Items of other tools are unknown here and change nothing.
 */
export async function closeItem(manager: EntityManager, item: string, result: string, closedAt: Date): Promise<void> {
  // Lock the order before its items, as the order worker does; the opposite sequence of locks could deadlock.
  await manager.query(
    `select 1 from recon.dead_letter_order where id = (select order_id from recon.dead_letter_order_item where id = $1) for update`,
    [item],
  );
  const [closed] = await manager.query<[{ order_id: string; letter_id: string; lane: string }[], number]>(
    `update recon.dead_letter_order_item set state = 'closed', result = $2, closed_at = $3 where id = $1 and state in ('pending', 'given')
     returning order_id, letter_id, lane`,
    [item, result, closedAt],
  );
  const [row] = closed;
  if (!row) return;
  await manager.query(
    `insert into recon.dead_letter_audit (order_id, item_id, letter_id, done, done_by, reason, detail)
     select $1, $2, $3, $4, ordered_by, reason, $5 from recon.dead_letter_order where id = $1`,
    [row.order_id, item, row.letter_id, `answered: ${result}`, JSON.stringify({ closedAt: closedAt.toISOString() })],
  );
  if (!goesOn.has(result)) await stopItems(manager, row.order_id, row.lane);
  await endOrder(manager, row.order_id);
}

/** Stops the items that are still pending, of one sequence or of the whole order. Their letters can then be ordered again. */
export async function stopItems(manager: EntityManager, orderId: string, lane: string | null): Promise<number> {
  const [stopped] = await manager.query<[{ letter_id: string }[], number]>(
    `update recon.dead_letter_order_item set state = 'stopped' where order_id = $1 and state = 'pending' and ($2::text is null or lane = $2) returning letter_id`,
    [orderId, lane],
  );
  await manager.query(`update recon.dead_letter set state = 'open' where state = 'ordered' and id = any($1)`, [
    stopped.map(({ letter_id }) => letter_id),
  ]);
  return stopped.length;
}

/** Ends the order when none of its items is pending or dispatched, and tells the audit trail how. */
export async function endOrder(manager: EntityManager, orderId: string): Promise<void> {
  const [ended] = await manager.query<[{ state: string; targets: string[] }[], number]>(
    `update recon.dead_letter_order o set state = case when cancelled_by is null then 'done' else 'cancelled' end, ended_at = now()
     where id = $1 and state in ('running', 'paused', 'cancelling')
       and not exists (select from recon.dead_letter_order_item i where i.order_id = o.id and i.state in ('pending', 'given'))
     returning state, targets`,
    [orderId],
  );
  const [order] = ended;
  if (!order) return;
  const results = await manager.query<{ result: string; count: number }[]>(
    `select coalesce(result, state) as result, count(*)::int as count from recon.dead_letter_order_item where order_id = $1 group by 1 order by 1`,
    [orderId],
  );
  const [target = null, ...others] = order.targets;
  await appendAudit(manager, {
    ...{ subject: 'service:recon', name: 'recon', address: null, action: 'order.finished', object: `order:${orderId}`, reason: null },
    target: others.length === 0 ? target : null,
    details: { state: order.state, results: Object.fromEntries(results.map(({ result, count }) => [result, count])) },
  });
}
