import { Inject, Injectable } from '@nestjs/common';
import { aboveLimit, authorOf, rolesFor } from '@tributary/identity';
import type { Identity, OrderLimits } from '@tributary/identity';
import { minorUnitExponent } from '@tributary/domain';
import { payloadPlace, payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { OrderAction, OrderView } from '@tributary/contracts';
import { appendAudit } from '../../audit/emit/append-audit.js';
import type { Caller } from '../../shared/decide/caller.js';
import { itemId } from '../decide/letter.js';
import type { MoneyAtRisk } from '../decide/letter.js';
import { laneOf } from '../decide/order.js';
import { targetOfTopic } from '../decide/order-targets.js';
import { missingRight, permissionOfOrder } from '../decide/rights.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';
import { editPayloads } from './letter-payloads.js';
import { bindContent } from './order-content.js';
import { endOrder, stopItems } from './order-items.js';
import { chooseLetters } from './order-letters.js';
import type { ChosenLetter } from './order-letters.js';
import { readOrder } from './order-view.js';
import { OrderRefusedError } from './order.errors.js';

export { mostItems } from './order-letters.js';

/** An order to be created. */
export interface NewOrder {
  readonly id: string;
  readonly action: OrderAction;
  readonly scope: 'one' | 'sequence' | 'cause' | 'query';
  readonly filter: DeadLetterFilter;
  /** Bytes to dispatch instead of the original ones; only for an order with one letter. */
  readonly edited?: Buffer;
  readonly reference?: Readonly<Record<string, string>>;
  readonly reason: string;
  readonly caller: Caller;
  readonly ratePerSecond: number;
  /** Why a second person has to approve it whatever its size is, as sentences. */
  readonly approvalReasons?: readonly string[];
  /** For the audit trail: what the edit changes, what was found in the ledger. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Injection token: {@link ApprovalRules}. */
export const APPROVAL_RULES = Symbol('APPROVAL_RULES');

/** When a second person is needed, and how long an order waits for them. */
export interface ApprovalRules {
  readonly limits: OrderLimits;
  /** Longest time from the order to its approval, and from there to its last dispatch, ms. */
  readonly expiresMs: number;
}

/** Stores and reads replay orders. An order, its items and its row in the audit trail are written in one transaction. */
@Injectable()
export class OrderRepository {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(APPROVAL_RULES) private readonly rules: ApprovalRules,
  ) {}

  /** Creates an order with its items. @throws {OrderRefusedError} when none of the chosen letters can be dispatched. */
  async create(order: NewOrder): Promise<number> {
    return withDatabase(`recording order ${order.id}`, () =>
      this.dataSource.transaction(async (manager) => {
        const letters = await chooseLetters(manager, order);
        const targets = [...new Set(letters.flatMap(({ topic }) => targetOfTopic(topic) ?? []))].sort();
        this.checkRight(order, targets);
        const sums = sumsOf(letters);
        const approval = [...(order.approvalReasons ?? []), ...this.aboveLimit(order.caller.identity, targets, letters.length, sums)];
        if (approval.length > 0) refuseWithoutIdentity(order.caller.identity, approval);
        await this.insert(manager, order, letters, { targets, approval });
        await this.audit(manager, order, { targets, approval, letters, sums });
        return letters.length;
      }),
    );
  }

  async find(id: string): Promise<OrderView | undefined> {
    return withDatabase(`reading order ${id}`, () => readOrder(this.dataSource.manager, id));
  }

  /** The newest orders first. @param state only those in this state. */
  async list(limit: number, state?: OrderView['state']): Promise<OrderView[]> {
    const rows = await withDatabase('reading orders', () =>
      this.dataSource.query<{ id: string }[]>(
        `select id from recon.dead_letter_order where ($2::text is null or state = $2) order by ordered_at desc limit $1`,
        [limit, state ?? null],
      ),
    );
    const orders = await Promise.all(rows.map(({ id }) => this.find(id)));
    return orders.filter((order) => order !== undefined);
  }

  /**
   * Cancels an order. Pending items are not dispatched any more; results of dispatched items are still recorded. @returns false when the
   * order is unknown.
   */
  async cancel(id: string, { identity, address }: Caller, reason: string): Promise<boolean> {
    return withDatabase(`cancelling order ${id}`, () =>
      this.dataSource.transaction(async (manager) => {
        const [order] = await manager.query<{ state: string; targets: string[] }[]>(
          `select state, targets from recon.dead_letter_order where id = $1 for update`,
          [id],
        );
        if (!order) return false;
        if (missingRight(identity, 'orders.cancel', order.targets) !== undefined) return false; // as if it did not exist
        if (order.state !== 'running' && order.state !== 'waiting-approval')
          throw new OrderRefusedError(409, 'order.over', `Order ${id} is ${order.state}: there is nothing left to cancel.`);
        const stopped = await stopItems(manager, id, null);
        await manager.query(
          `update recon.dead_letter_order set state = 'cancelling', cancelled_by = $2, cancel_reason = $3 where id = $1`,
          [id, identity.name, reason],
        );
        await manager.query(
          `insert into recon.dead_letter_audit (order_id, done, done_by, reason, detail) values ($1, 'cancelled', $2, $3, $4)`,
          [id, identity.name, reason, JSON.stringify({ notGiven: stopped })],
        );
        await endOrder(manager, id);
        const { subject, name } = identity;
        const what = { action: 'order.cancelled', object: `order:${id}`, target: onlyOf(order.targets), reason, address };
        await appendAudit(manager, { subject, name, ...what, details: { notGiven: stopped } });
        return true;
      }),
    );
  }

  private checkRight({ action, edited, caller }: NewOrder, targets: readonly string[]): void {
    const permission = permissionOfOrder(action, edited !== undefined);
    const missing = missingRight(caller.identity, permission, targets);
    if (missing === undefined) return;
    const where = missing === '' ? '' : ` for ${missing}`;
    throw new OrderRefusedError(403, 'identity.forbidden', `You need the permission ${permission}${where}. Nothing was ordered.`);
  }

  private aboveLimit(identity: Identity, targets: readonly string[], messages: number, sums: readonly MoneyAtRisk[]): string[] {
    const roles = rolesFor(identity, targets);
    if (roles === undefined) return [];
    const decimalsOf = (currency: string): number | undefined => (/^[A-Z]{3}$/.test(currency) ? minorUnitExponent(currency) : undefined);
    return aboveLimit(this.rules.limits, roles, { messages, sums }, decimalsOf);
  }

  private async insert(
    manager: EntityManager,
    order: NewOrder,
    letters: readonly ChosenLetter[],
    { targets, approval }: { targets: readonly string[]; approval: readonly string[] },
  ): Promise<void> {
    const { identity } = order.caller;
    const waits = approval.length > 0;
    await manager.query(
      `insert into recon.dead_letter_order (id, action, scope, criteria, reference, reason, ordered_by, rate_per_second, total, author, targets,
         approval_reasons, state, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now() + $14 * interval '1 millisecond')`,
      [
        ...[order.id, order.action, order.scope, JSON.stringify(order.filter)],
        ...[order.reference ? JSON.stringify(order.reference) : null, order.reason, identity.name, order.ratePerSecond, letters.length],
        ...[JSON.stringify(authorOf(identity)), targets, approval],
        ...[waits ? 'waiting-approval' : 'running', waits ? this.rules.expiresMs : null],
      ],
    );
    await manager.query(
      `insert into recon.dead_letter_order_item (id, order_id, letter_id, lane, source_offset, edited)
       select i.id, $1, i.letter, i.lane, i.place, $2::bytea from unnest($3::text[], $4::text[], $5::text[], $6::bigint[]) as i (id, letter, lane, place)`,
      [
        order.id,
        sealedEdit(manager, order, letters),
        letters.map(({ id }) => itemId(order.id, id)),
        letters.map(({ id }) => id),
        letters.map(laneOf),
        letters.map(({ offset }) => offset),
      ],
    );
    await manager.query(`update recon.dead_letter set state = 'ordered' where id = any($1)`, [letters.map(({ id }) => id)]);
    await manager.query(
      `insert into recon.dead_letter_audit (order_id, done, done_by, reason, detail) values ($1, 'ordered', $2, $3, $4)`,
      [
        order.id,
        identity.name,
        order.reason,
        JSON.stringify({
          action: order.action,
          scope: order.scope,
          filter: order.filter,
          letters: letters.length,
          reference: order.reference ?? null,
        }),
      ],
    );
  }

  private async audit(
    manager: EntityManager,
    order: NewOrder,
    { targets, approval, letters, sums }: { targets: string[]; approval: string[]; letters: readonly ChosenLetter[]; sums: MoneyAtRisk[] },
  ): Promise<void> {
    const { identity, address } = order.caller;
    const contentHash = await bindContent(manager, order.id);
    await appendAudit(manager, {
      subject: identity.subject,
      name: identity.name,
      action: 'order.made',
      object: `order:${order.id}`,
      target: onlyOf(targets),
      reason: order.reason,
      address,
      details: {
        ...{ action: order.action, scope: order.scope, filter: order.filter, letters: letters.length, targets, contentHash },
        money: sums.map(({ minor, currency }) => ({ minor: minor.toString(), currency })),
        reference: order.reference ?? null,
        waitsFor: approval,
        tokenId: identity.tokenId ?? null,
        ...order.details,
      },
    });
  }
}

/** The edited message of an order as it is stored: such an order has one letter. */
function sealedEdit(manager: EntityManager, { id, edited }: NewOrder, [letter]: readonly ChosenLetter[]): Buffer | null {
  if (!edited || !letter) return null;
  return payloadsOf(manager).sealBytes(payloadPlace(editPayloads, 'edited', [itemId(id, letter.id)]), edited);
}

/** The target of an object that is about one; null: none, or several. */
export function onlyOf(targets: readonly string[]): string | null {
  return targets.length === 1 ? (targets[0] ?? null) : null;
}

/** Without identities nobody could approve the order, so it would wait for nothing. */
function refuseWithoutIdentity({ subject }: Identity, reasons: readonly string[]): void {
  if (subject !== 'local') return;
  const text = `It needs a second person: ${reasons.join('; ')}. Without IDENTITY_JWKS nobody can sign in to approve it (docs/runbooks/approvals.md). Nothing was ordered.`;
  throw new OrderRefusedError(409, 'order.needs-second-person', text);
}

/** Money of the letters, one sum per currency. Several messages of one event are about the same money, and each is counted. */
function sumsOf(letters: readonly ChosenLetter[]): MoneyAtRisk[] {
  const sums = new Map<string, bigint>();
  for (const { minor, currency } of letters) {
    if (minor === null || currency === null) continue;
    const code = currency.toUpperCase();
    const size = BigInt(minor) < 0n ? -BigInt(minor) : BigInt(minor);
    sums.set(code, (sums.get(code) ?? 0n) + size);
  }
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}
