import type { ReleaseState } from '@tributary/contracts';
import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { authorOf, localIdentity, rolesFor } from '@tributary/identity';
import type { Identity } from '@tributary/identity';
import type { EntityManager } from 'typeorm';
import { toStorable } from '../ledger/storable-text.js';
import { RELEASE_RULES, TARGET } from '../tokens.js';
import { reasonsToWait, releaseContentOf } from './release-content.js';
import type { ReleaseContent } from './release-content.js';
import { ReleaseRefusedError } from './release-order.js';
import type { RawReleaseOrder } from './release-order.js';
import { reportRelease } from './release-report.js';
import { ReleaseStops } from './release-stops.js';
import type { ReleaseRules } from './release-stops.js';

/** An order of an operator to release a batch. */
export interface ReleaseOrder {
  /** Who gives it, as the ledger shows it. */
  readonly by: string;
  readonly reason: string;
  /** Who gives it, as limits and the audit trail know them; default: the person at this machine. */
  readonly who?: Identity;
}

/** Orders to release batches, in PostgreSQL. Every method is part of a transaction that holds the lock of the batch's row. */
@Injectable()
export class ReleaseOrders {
  constructor(
    @Inject(RELEASE_RULES) private readonly rules: ReleaseRules,
    @Inject(ReleaseStops) private readonly stops: ReleaseStops,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /**
   * Stores an order for a batch that may be released by order. @returns the order when it waits for a second person; undefined when it is to
   * be carried out. @throws {ReleaseRefusedError} when one waits already.
   */
  async ask(tx: EntityManager, batchId: string, { by, reason, who = localIdentity }: ReleaseOrder): Promise<RawReleaseOrder | undefined> {
    const content = await releaseContentOf(tx, this.target, batchId);
    const roles = rolesFor(who, [this.target]) ?? null;
    const waitsFor = reasonsToWait(this.rules.limits, roles, content);
    const waits = waitsFor.length > 0;
    await this.makeRoom(tx, batchId, waits);
    const [order] = await tx.query<RawReleaseOrder[]>(
      `insert into erp_sink.release_order (id, target, batch_id, state, author, roles, reason, waits_for, posting_keys, sums, digest, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, clock_timestamp() + $12 * interval '1 millisecond') returning *`,
      [
        ...[`rel_${randomUUID()}`, this.target, batchId, waits ? 'waiting-approval' : 'running', JSON.stringify(authorOf(who)), roles],
        ...[toStorable(reason), waitsFor, content.postingKeys, JSON.stringify(textsOf(content)), content.digest],
        waits ? this.rules.expiresMs : null,
      ],
    );
    if (!waits) await this.noteOrder(tx, batchId, by, reason);
    const approval = waits ? { order: order?.id, waitsFor, digest: content.digest, sums: textsOf(content) } : {};
    const action = waits ? 'group.release-asked' : 'group.release-ordered';
    await reportRelease(tx, {
      action,
      target: this.target,
      batchId,
      who,
      reason,
      details: { documents: content.postingKeys.length, ...approval },
    });
    return waits ? order : undefined;
  }

  /** The order, locked. @throws {ReleaseRefusedError} when it waits for nobody, or not for this person. */
  async waiting(tx: EntityManager, id: string, identity: Identity): Promise<RawReleaseOrder> {
    const [order] = await tx.query<RawReleaseOrder[]>('select * from erp_sink.release_order where id = $1 and target = $2 for update', [
      toStorable(id),
      this.target,
    ]);
    if (order?.state !== 'waiting-approval')
      throw new ReleaseRefusedError(
        409,
        'order.not-waiting',
        `Order ${id} is ${order?.state ?? 'gone'}: it does not wait for an approval.`,
      );
    if (order.author.subject === identity.subject)
      throw new ReleaseRefusedError(
        403,
        'order.own-approval',
        `Order ${id} is your own: somebody else has to decide about it, with another token of yours it is still you.`,
      );
    if (identity.subject === localIdentity.subject)
      throw new ReleaseRefusedError(
        409,
        'order.needs-second-person',
        `Order ${id} needs a second person who signed in. Without IDENTITY_JWKS nobody can (docs/runbooks/approvals.md). Nothing is released.`,
      );
    return order;
  }

  /** Lets an order run that a second person approved. */
  async approved(tx: EntityManager, order: RawReleaseOrder, approver: Identity, reason: string): Promise<void> {
    await this.decide(tx, order, 'running', approver, reason);
    const { subject, name } = order.author;
    await this.noteOrder(tx, order.batch_id, `${name} (${subject})`, order.reason);
    const details = { order: order.id, author: subject, documents: order.posting_keys.length, digest: order.digest };
    await reportRelease(tx, {
      action: 'group.release-approved',
      target: this.target,
      batchId: order.batch_id,
      who: approver,
      reason,
      details,
    });
  }

  /** Ends an order that a second person refused. */
  async refused(tx: EntityManager, order: RawReleaseOrder, by: Identity, reason: string): Promise<void> {
    await this.decide(tx, order, 'refused', by, reason);
    const details = { order: order.id, author: order.author.subject };
    await reportRelease(tx, { action: 'group.release-refused', target: this.target, batchId: order.batch_id, who: by, reason, details });
  }

  /** Ends the orders of a batch that was released or whose release failed. */
  async ended(tx: EntityManager, batchId: string, result: 'released' | 'failed'): Promise<void> {
    await tx.query(
      `update erp_sink.release_order set state = case state when 'running' then $3 else 'changed' end, ended_at = clock_timestamp()
       where target = $1 and batch_id = $2 and (state = 'running' or (state = 'waiting-approval' and $3 = 'released'))`,
      [this.target, batchId, result],
    );
  }

  /** What waits is replaced when it waited too long, or when somebody may release the batch alone. */
  private async makeRoom(tx: EntityManager, batchId: string, waits: boolean): Promise<void> {
    const [other] = await tx.query<RawReleaseOrder[]>(
      `select * from erp_sink.release_order where target = $1 and batch_id = $2 and state = 'waiting-approval' for update`,
      [this.target, batchId],
    );
    if (!other) return;
    const code = waits ? await this.stops.problemOf(tx, other, false) : 'order.changed';
    if (code === undefined)
      throw new ReleaseRefusedError(409, 'order.waits-already', `Order ${other.id} about this group waits for a second person already.`);
    await this.stops.stop(tx, other, code);
  }

  private async decide(tx: EntityManager, { id }: RawReleaseOrder, state: ReleaseState, by: Identity, reason: string): Promise<void> {
    await tx.query(
      `update erp_sink.release_order set state = $2, decider = $3, decision_reason = $4, decided_at = clock_timestamp(),
         expires_at = clock_timestamp() + $5 * interval '1 millisecond', ended_at = case $2 when 'running' then null else clock_timestamp() end
       where id = $1`,
      [id, state, JSON.stringify(authorOf(by)), toStorable(reason), this.rules.expiresMs],
    );
  }

  private async noteOrder(tx: EntityManager, batchId: string, by: string, reason: string): Promise<void> {
    await tx.query(
      `update erp_sink.batch set ordered_by = $3, order_reason = $4, ordered_at = clock_timestamp() where target = $1 and batch_id = $2`,
      [this.target, batchId, toStorable(by), toStorable(reason)],
    );
  }
}

const textsOf = ({ sums }: ReleaseContent): { minor: string; currency: string }[] =>
  sums.map(({ minor, currency }) => ({ minor: minor.toString(), currency }));
