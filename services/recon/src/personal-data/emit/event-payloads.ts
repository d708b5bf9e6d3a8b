import type { EntityManager } from 'typeorm';
import { overwritten } from '../decide/overwritten.js';

/** Rows of the desk whose message bytes, or words of operators, were deleted, by table. */
export type DeletedPayloads = Readonly<
  Record<'dead_letter' | 'dead_letter_order_item' | 'dead_letter_audit' | 'dead_letter_order' | 'dead_letter_comment', number>
>;

/** SQL: the message of dead letter `l` may still be needed. */
export const isOpen = `(l.state <> 'closed' or exists (select from recon.dead_letter_order_item i join recon.dead_letter_order o on o.id = i.order_id
  where i.letter_id = l.id and (o.ended_at is null or i.state in ('pending', 'given'))))`;
const hasEnded = (item: string): string =>
  `exists (select from recon.dead_letter_order o where o.id = ${item}.order_id and o.ended_at is not null)`;

/**
 * Deletes the bytes of those dead letters, of edits of them, comments on them, and what operators wrote about them alone. What is open is left: with the bytes of
 * an open letter its money would be lost. Ids, causes, amounts, states and digests stay.
 */
export async function deletePayloads(manager: EntityManager, letterIds: readonly string[]): Promise<DeletedPayloads> {
  const change = async (sql: string, ...more: unknown[]): Promise<number> =>
    (await manager.query<[unknown, number]>(sql, [letterIds, ...more]))[1];
  return {
    dead_letter: await change(
      `update recon.dead_letter l set value = null, original = null, message_key = null,
         headers = case when headers ? 'traceparent' then jsonb_build_object('traceparent', headers -> 'traceparent') else '{}'::jsonb end
       where l.id = any($1) and not ${isOpen} and (l.value is not null or l.original is not null or l.message_key is not null)`,
    ),
    dead_letter_order_item: await change(
      `update recon.dead_letter_order_item i set edited = null
       where i.letter_id = any($1) and i.edited is not null and i.state not in ('pending', 'given') and ${hasEnded('i')}`,
    ),
    dead_letter_audit: await change(
      `update recon.dead_letter_audit a set before_value = null, after_value = null, reason = $2
       where a.letter_id = any($1) and ${hasEnded('a')} and (a.before_value is not null or a.after_value is not null or a.reason <> $2)`,
      overwritten,
    ),
    dead_letter_order: await change(
      `update recon.dead_letter_order o set reason = $2, cancel_reason = case when cancel_reason is not null then $2 end,
         approval_reason = case when approval_reason is not null then $2 end, refusal_reason = case when refusal_reason is not null then $2 end
       where o.ended_at is not null and o.reason <> $2
         and exists (select from recon.dead_letter_order_item i where i.order_id = o.id and i.letter_id = any($1))
         and not exists (select from recon.dead_letter_order_item i where i.order_id = o.id and i.letter_id <> all($1))`,
      overwritten,
    ),
    dead_letter_comment: await change(
      `update recon.dead_letter_comment c set text = $2 from recon.dead_letter l
       where c.letter_id = any($1) and l.id = c.letter_id and not ${isOpen} and c.text <> $2`,
      overwritten,
    ),
  };
}

/** How many of those dead letters still have bytes, because they or an order about them are open. */
export async function openPayloads(manager: EntityManager, letterIds: readonly string[]): Promise<number> {
  const [row] = await manager.query<{ count: number }[]>(
    `select count(*)::int as count from recon.dead_letter l where l.id = any($1) and l.value is not null and ${isOpen}`,
    [letterIds],
  );
  return row?.count ?? 0;
}
