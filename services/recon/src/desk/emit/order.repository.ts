import { Inject, Injectable } from '@nestjs/common';
import { authorOf } from '@tributary/identity';
import type { Identity, OrderLimits } from '@tributary/identity';
import { payloadPlace, payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import type { ErpReference } from '@tributary/connector-kit';
import type { LeftOutLetter, OrderAction, OrderPreview, OrderView } from '@tributary/contracts';
import { appendAudit } from '../../audit/emit/append-audit.js';
import type { Caller } from '../../shared/decide/caller.js';
import { itemId } from '../decide/letter.js';
import { laneOf } from '../decide/order.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';
import { editPayloads } from './letter-payloads.js';
import { bindContent } from './order-content.js';
import { planOrder, previewOf } from './order-plan.js';
import type { OrderPlan, PlannedOrder } from './order-plan.js';
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
  /** Keys of the document that stands for a letter, by letter, as its ledger told them. */
  readonly documents?: Readonly<Record<string, ErpReference>>;
  /** Letters that fit and that it does not take. */
  readonly leftOut?: readonly LeftOutLetter[];
  readonly reason: string;
  readonly caller: Caller;
  readonly ratePerSecond: number;
  /** Why a second person has to approve it whatever its size is, as sentences. */
  readonly approvalReasons?: readonly string[];
  /** How many letters whoever gives it was shown; with another number nothing is ordered. */
  readonly expectedLetters?: number | undefined;
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
        const plan = await planOrder(manager, order, this.rules.limits);
        const { letters } = plan;
        refuseOtherCount(order, letters.length);
        if (plan.waitsFor.length > 0) refuseWithoutIdentity(order.caller.identity, plan.waitsFor);
        await this.insert(manager, order, plan);
        await this.audit(manager, order, plan);
        return letters.length;
      }),
    );
  }

  /** What an order would be, without giving it. @throws {OrderRefusedError} as {@link create} does. */
  async preview(order: PlannedOrder): Promise<OrderPreview> {
    return withDatabase('counting what an order would take', async () =>
      previewOf(await planOrder(this.dataSource.manager, order, this.rules.limits, { lock: false }), order.leftOut),
    );
  }

  /** Ids of the letters that an order would take, for whoever may give it. @throws {OrderRefusedError} as {@link create} does. */
  async chosen(order: PlannedOrder): Promise<string[]> {
    const plan = await withDatabase('choosing the letters of an order', () =>
      planOrder(this.dataSource.manager, order, this.rules.limits, { lock: false }),
    );
    return plan.letters.map(({ id }) => id);
  }

  async find(id: string): Promise<OrderView | undefined> {
    return withDatabase(`reading order ${id}`, () => readOrder(this.dataSource.manager, id));
  }

  private async insert(manager: EntityManager, order: NewOrder, { letters, targets, waitsFor }: OrderPlan): Promise<void> {
    const { identity } = order.caller;
    const waits = waitsFor.length > 0;
    await manager.query(
      `insert into recon.dead_letter_order (id, action, scope, criteria, reference, reason, ordered_by, rate_per_second, total, author, targets,
         approval_reasons, state, expires_at, edit, documents)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, now() + $14 * interval '1 millisecond', $15, $16)`,
      [
        ...[order.id, order.action, order.scope, JSON.stringify(order.filter)],
        ...[order.reference ? JSON.stringify(order.reference) : null, order.reason, identity.name, order.ratePerSecond, letters.length],
        ...[JSON.stringify(authorOf(identity)), targets, waitsFor],
        ...[waits ? 'waiting-approval' : 'running', waits ? this.rules.expiresMs : null, JSON.stringify(order.details?.edit ?? null)],
        order.documents ? JSON.stringify(order.documents) : null,
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

  private async audit(manager: EntityManager, order: NewOrder, { targets, waitsFor, letters, sums }: OrderPlan): Promise<void> {
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
        waitsFor,
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

/** Letters come and go between a look and an order: what is ordered is what was shown. */
function refuseOtherCount({ expectedLetters }: NewOrder, found: number): void {
  if (expectedLetters === undefined || expectedLetters === found) return;
  const text = `You were shown ${expectedLetters} dead letters, and ${found} match now. Look again, then order it. Nothing was ordered.`;
  throw new OrderRefusedError(409, 'order.count-changed', text);
}
