import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import type { Permission } from '@tributary/identity';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/emit/append-audit.js';
import type { Caller } from '../../shared/decide/caller.js';
import { steered } from '../decide/steering.js';
import type { OrderState, Steer } from '../decide/steering.js';
import { missingRight } from '../decide/rights.js';
import { endOrder, stopItems } from './order-items.js';
import { onlyOf } from './order.repository.js';
import { OrderRefusedError } from './order.errors.js';

/** Who steers an order, and why. */
export interface Steering {
  readonly id: string;
  readonly caller: Caller;
  readonly reason: string;
}

interface Effect {
  readonly name: 'cancelled' | 'paused' | 'continued';
  readonly state: OrderState;
  /** To continue is to dispatch, so it needs what giving an order needs. */
  readonly permission: Permission;
}

const effects: Readonly<Record<Steer, Effect>> = {
  cancel: { name: 'cancelled', state: 'cancelling', permission: 'orders.cancel' },
  pause: { name: 'paused', state: 'paused', permission: 'orders.cancel' },
  continue: { name: 'continued', state: 'running', permission: 'orders.create' },
};

/** Cancels, pauses and continues orders that were given. What was dispatched before is answered whatever is done here. */
@Injectable()
export class OrderSteeringRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @returns false when the order is unknown, or about a target of others. @throws {OrderRefusedError} when its state does not allow it. */
  async steer(steer: Steer, steering: Steering): Promise<boolean> {
    return withDatabase(`steering order ${steering.id}`, () =>
      this.dataSource.transaction((manager) => this.carryOut(manager, steer, steering)),
    );
  }

  private async carryOut(manager: EntityManager, steer: Steer, { id, caller, reason }: Steering): Promise<boolean> {
    const { identity, address } = caller;
    const { name, state, permission } = effects[steer];
    const [order] = await manager.query<{ state: OrderState; targets: string[] }[]>(
      `select state, targets from recon.dead_letter_order where id = $1 for update`,
      [id],
    );
    if (!order || missingRight(identity, permission, order.targets) !== undefined) return false; // as if it did not exist
    const problem = steered(id, order.state, steer);
    if (problem) throw new OrderRefusedError(409, problem.code, problem.text);
    const notGiven = steer === 'cancel' ? await stopItems(manager, id, null) : await pendingOf(manager, id);
    const [cancelled, paused] = [steer === 'cancel', steer === 'pause'].map((is) => (is ? [identity.name, reason] : [null, null]));
    await manager.query(
      `update recon.dead_letter_order set state = $2, cancelled_by = $3, cancel_reason = $4, paused_by = $5, pause_reason = $6, next_at = now() where id = $1`,
      [id, state, ...(cancelled ?? []), ...(paused ?? [])],
    );
    await manager.query(`insert into recon.dead_letter_audit (order_id, done, done_by, reason, detail) values ($1, $2, $3, $4, $5)`, [
      ...[id, name, identity.name, reason, JSON.stringify({ notGiven })],
    ]);
    if (steer === 'cancel') await endOrder(manager, id);
    const what = { action: `order.${name}`, object: `order:${id}`, target: onlyOf(order.targets), reason, address };
    await appendAudit(manager, { subject: identity.subject, name: identity.name, ...what, details: { notGiven } });
    return true;
  }
}

async function pendingOf(manager: EntityManager, id: string): Promise<number> {
  const [row] = await manager.query<{ count: number }[]>(
    `select count(*)::int as count from recon.dead_letter_order_item where order_id = $1 and state = 'pending'`,
    [id],
  );
  return row?.count ?? 0;
}
