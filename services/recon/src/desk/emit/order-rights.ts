import { identityOfAuthor } from '@tributary/identity';
import type { Author, Identity } from '@tributary/identity';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/emit/append-audit.js';
import { orderTerms } from './order-content.js';
import { endOrder, stopItems } from './order-items.js';

/** Injection token: whether what an identity may do was withdrawn since its token was made. */
export const IS_WITHDRAWN = Symbol('IS_WITHDRAWN');

/** Whether the token of an identity was withdrawn: signed out everywhere, locked out, or given other roles. */
export type IsWithdrawn = (identity: Identity) => boolean;

/** recon itself, as the audit trail names it. */
export const reconItself = { subject: 'service:recon', name: 'recon', address: null } as const;

interface Standing {
  readonly state: string;
  readonly author: Author | null;
  readonly approver: Author | null;
  readonly expired: boolean;
  readonly isChanged: boolean;
}

/**
 * Asks again, before a step of an order, whether it may go on: whoever gave and whoever approved it still hold their rights, the approval
 * holds, and the order is what was approved. If not, what was not dispatched yet is not dispatched.
 * @returns false when the order was stopped or waits for another approval.
 */
export async function mayGoOn(manager: EntityManager, id: string, isWithdrawn: IsWithdrawn): Promise<boolean> {
  const [order] = await manager.query<Standing[]>(
    `select o.state, o.author, o.approver, coalesce(o.expires_at < now(), false) as expired,
       o.approved_at is not null and o.terms_hash is distinct from ${orderTerms} as "isChanged"
     from recon.dead_letter_order o where o.id = $1`,
    [id],
  );
  if (order?.state !== 'running') return true; // a cancelled order still waits for answers
  const lost = [order.author, order.approver].find((person) => person !== null && isWithdrawn(identityOfAuthor(person)));
  if (lost) return stop(manager, id, 'order.author-lost-right', `the rights of ${lost.name} changed since: what was not dispatched stays`);
  if (order.expired) return stop(manager, id, 'order.approval-expired', 'its approval has expired: what was not dispatched stays');
  if (order.isChanged) return waitAgain(manager, id);
  return true;
}

async function stop(manager: EntityManager, id: string, code: string, text: string): Promise<false> {
  const stopped = await stopItems(manager, id, null);
  await manager.query(
    `update recon.dead_letter_order set state = 'cancelling', cancelled_by = 'recon', cancel_reason = $2, stop_code = $3 where id = $1`,
    [id, text, code],
  );
  await endOrder(manager, id);
  const details = { code, notGiven: stopped };
  await appendAudit(manager, { ...reconItself, action: 'order.stopped', object: `order:${id}`, target: null, reason: text, details });
  return false;
}

/** Takes an approval back: what would be dispatched is not what was approved. */
export async function waitAgain(manager: EntityManager, id: string): Promise<false> {
  await manager.query(
    `update recon.dead_letter_order set state = 'waiting-approval', approver = null, approval_reason = null, approved_at = null,
       approval_reasons = array_append(approval_reasons, 'it changed after it was approved') where id = $1`,
    [id],
  );
  const reason = 'it is not what was approved';
  await appendAudit(manager, { ...reconItself, action: 'order.changed', object: `order:${id}`, target: null, reason, details: {} });
  return false;
}

/** Ends orders that waited too long for a second person. @returns how many. */
export async function expireOrders(manager: EntityManager): Promise<number> {
  const overdue = await manager.query<{ id: string }[]>(
    `select id from recon.dead_letter_order where state = 'waiting-approval' and expires_at < now() limit 20 for update skip locked`,
  );
  for (const { id } of overdue) {
    const stopped = await stopItems(manager, id, null);
    await manager.query(
      `update recon.dead_letter_order set state = 'expired', stop_code = 'order.approval-expired', ended_at = now() where id = $1`,
      [id],
    );
    const reason = 'nobody decided about it in time';
    const details = { notGiven: stopped };
    await appendAudit(manager, { ...reconItself, action: 'order.expired', object: `order:${id}`, target: null, reason, details });
  }
  return overdue.length;
}
