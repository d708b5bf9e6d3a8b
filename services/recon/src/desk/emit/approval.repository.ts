import { Inject, Injectable } from '@nestjs/common';
import { authorOf } from '@tributary/identity';
import type { Author } from '@tributary/identity';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/emit/append-audit.js';
import type { Caller } from '../../shared/decide/caller.js';
import { missingRight } from '../decide/rights.js';
import { bindContent, contentHashOf } from './order-content.js';
import { stopItems } from './order-items.js';
import { APPROVAL_RULES, onlyOf } from './order.repository.js';
import type { ApprovalRules } from './order.repository.js';
import { OrderRefusedError } from './order.errors.js';

/** What a second person says about an order. */
export interface Decision {
  readonly id: string;
  readonly caller: Caller;
  readonly reason: string;
  /** The content that they were shown; undefined: as it is now. */
  readonly contentHash?: string | undefined;
}

interface WaitingOrder {
  readonly state: string;
  readonly author: Author | null;
  readonly targets: readonly string[];
  readonly content_hash: string | null;
  readonly expired: boolean;
}

/** Approvals and refusals of orders that wait for a second person. */
@Injectable()
export class ApprovalRepository {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(APPROVAL_RULES) private readonly rules: ApprovalRules,
  ) {}

  /**
   * Approves an order as it is now, and lets it run. @throws {OrderRefusedError} for the author of the order, without the right for each of its
   * targets, and when the order is not what was shown.
   */
  async approve({ id, caller, reason, contentHash }: Decision): Promise<void> {
    const changed = await this.within(id, async (manager) => {
      const order = await this.waiting(manager, id, caller);
      const now = await contentHashOf(manager, id);
      if (now !== order.content_hash || (contentHash !== undefined && contentHash !== now)) {
        await bindContent(manager, id);
        return true;
      }
      await manager.query(
        `update recon.dead_letter_order set state = 'running', approver = $2, approval_reason = $3, approved_at = now(), next_at = now(),
           expires_at = now() + $4 * interval '1 millisecond' where id = $1`,
        [id, JSON.stringify(authorOf(caller.identity)), reason, this.rules.expiresMs],
      );
      await this.audit(manager, order, { id, caller, reason }, 'order.approved', {
        contentHash: now,
        tokenId: caller.identity.tokenId ?? null,
      });
      return false;
    });
    // The new hash is kept: whoever looks at the order again approves what it is now.
    if (changed)
      throw new OrderRefusedError(
        409,
        'order.changed',
        `Order ${id} is not what you were shown: its letters changed meanwhile. Look at it again, then approve it. Nothing was dispatched.`,
      );
  }

  /** Refuses an order: nothing of it is dispatched, and its letters can be ordered again. */
  async refuse({ id, caller, reason }: Decision): Promise<void> {
    await this.within(id, async (manager) => {
      const order = await this.waiting(manager, id, caller);
      const stopped = await stopItems(manager, id, null);
      await manager.query(
        `update recon.dead_letter_order set state = 'refused', refused_by = $2, refusal_reason = $3, ended_at = now() where id = $1`,
        [id, caller.identity.name, reason],
      );
      await this.audit(manager, order, { id, caller, reason }, 'order.refused', { notGiven: stopped });
    });
  }

  private within<T>(id: string, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return withDatabase(`deciding about order ${id}`, () => this.dataSource.transaction(work));
  }

  private async waiting(manager: EntityManager, id: string, { identity }: Caller): Promise<WaitingOrder> {
    const [order] = await manager.query<WaitingOrder[]>(
      `select state, author, targets, content_hash, coalesce(expires_at < now(), false) as expired from recon.dead_letter_order where id = $1 for update`,
      [id],
    );
    const missing = order && missingRight(identity, 'orders.approve', order.targets);
    // An order about another target does not exist for them.
    if (!order || missing !== undefined)
      throw new OrderRefusedError(404, 'order.unknown', `There is no order ${id} that you may decide about.`);
    if (order.state !== 'waiting-approval')
      throw new OrderRefusedError(409, 'order.not-waiting', `Order ${id} is ${order.state}: it does not wait for an approval.`);
    if (order.expired)
      throw new OrderRefusedError(409, 'order.approval-expired', `Order ${id} waited too long for an approval. It has to be given again.`);
    if (order.author === null || order.author.subject === identity.subject)
      throw new OrderRefusedError(
        403,
        'order.own-approval',
        `Order ${id} is your own: somebody else has to decide about it, with another token of yours it is still you.`,
      );
    return order;
  }

  private async audit(
    manager: EntityManager,
    { targets, author }: WaitingOrder,
    { id, caller, reason }: Decision,
    action: string,
    details: object,
  ): Promise<void> {
    const { subject, name } = caller.identity;
    const object = `order:${id}`;
    const about = { author: author?.subject ?? null, targets, ...details };
    await appendAudit(manager, { subject, name, action, object, target: onlyOf(targets), reason, details: about, address: caller.address });
  }
}
