import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { authorOf, identityOfAuthor, localIdentity, rolesFor } from '@tributary/identity';
import type { Author, Identity, IsWithdrawn, OrderLimits } from '@tributary/identity';
import { reportToAudit } from '@tributary/persistence';
import type { AuditReport } from '@tributary/persistence';
import type { EntityManager } from 'typeorm';
import { toStorable } from '../ledger/storable-text.js';
import { IS_WITHDRAWN, RELEASE_RULES, TARGET } from '../tokens.js';
import { reasonsToWait, releaseContentOf } from './release-content.js';
import type { ReleaseContent } from './release-content.js';
import { ReleaseRefusedError } from './release-order.js';
import type { RawReleaseOrder, ReleaseState } from './release-order.js';

/** What somebody may release alone, and how long an order waits for a second person, ms; an approval holds as long. */
export interface ReleaseRules {
  readonly limits: OrderLimits;
  readonly expiresMs: number;
}

/** An order of an operator to release a batch. */
export interface ReleaseOrder {
  /** Who gives it, as the ledger shows it. */
  readonly by: string;
  readonly reason: string;
  /** Who gives it, as limits and the audit trail know them; default: the person at this machine. */
  readonly who?: Identity;
}

const itself = { subject: 'service:erp-sink', name: 'erp-sink' };

/** Orders to release batches, in PostgreSQL. Every method is part of a transaction that holds the lock of the batch's row. */
@Injectable()
export class ReleaseOrders {
  constructor(
    @Inject(RELEASE_RULES) private readonly rules: ReleaseRules,
    @Inject(IS_WITHDRAWN) private readonly isWithdrawn: IsWithdrawn,
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
    await this.report(tx, batchId, who, { action, reason, details: { documents: content.postingKeys.length, ...approval } });
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

  /** Why an order can no longer be approved or carried out as it is: an error code; undefined: it can. */
  async problemOf(tx: EntityManager, order: RawReleaseOrder, isApproved: boolean): Promise<string | undefined> {
    const persons = isApproved && order.decider !== null ? [order.author, order.decider] : [order.author];
    if (persons.some((person) => this.isLost(person))) return 'order.author-lost-right';
    if (order.expires_at !== null && order.expires_at.getTime() < (await now(tx))) return 'order.approval-expired';
    const content = await releaseContentOf(tx, this.target, order.batch_id);
    const isBound = order.waits_for.length > 0;
    // Somebody who decides alone decides about what is there when it is released, as long as it is within their limit.
    const holds = isBound ? content.digest === order.digest : reasonsToWait(this.rules.limits, order.roles, content).length === 0;
    return holds ? undefined : 'order.changed';
  }

  /** Lets an order run that a second person approved. */
  async approved(tx: EntityManager, order: RawReleaseOrder, approver: Identity, reason: string): Promise<void> {
    await this.decide(tx, order, 'running', approver, reason);
    const { subject, name } = order.author;
    await this.noteOrder(tx, order.batch_id, `${name} (${subject})`, order.reason);
    const details = { order: order.id, author: subject, documents: order.posting_keys.length, digest: order.digest };
    await this.report(tx, order.batch_id, approver, { action: 'group.release-approved', reason, details });
  }

  /** Ends an order that a second person refused. */
  async refused(tx: EntityManager, order: RawReleaseOrder, by: Identity, reason: string): Promise<void> {
    await this.decide(tx, order, 'refused', by, reason);
    const details = { order: order.id, author: order.author.subject };
    await this.report(tx, order.batch_id, by, { action: 'group.release-refused', reason, details });
  }

  /** Ends an order that is not carried out, with its code. */
  async stop(tx: EntityManager, order: RawReleaseOrder, code: string): Promise<void> {
    const state: ReleaseState = code === 'order.changed' ? 'changed' : code === 'order.approval-expired' ? 'expired' : 'stopped';
    await tx.query(`update erp_sink.release_order set state = $2, stop_code = $3, ended_at = clock_timestamp() where id = $1`, [
      order.id,
      state,
      code,
    ]);
    const details = { order: order.id, code, author: order.author.subject, approver: order.decider?.subject ?? null };
    await this.report(tx, order.batch_id, itself, { action: 'group.release-stopped', reason: stopTexts[code] ?? code, details });
  }

  /** Asks again, before a release is sent, whether its order still holds. @returns why not; undefined: it does, or nobody ordered it. */
  async stopBeforeRelease(tx: EntityManager, batchId: string): Promise<string | undefined> {
    const [order] = await tx.query<RawReleaseOrder[]>(
      `select * from erp_sink.release_order where target = $1 and batch_id = $2 and state = 'running' for update`,
      [this.target, batchId],
    );
    const code = order && (await this.problemOf(tx, order, true));
    if (!order || code === undefined) return undefined;
    await this.stop(tx, order, code);
    return `its release was stopped, ${stopTexts[code] ?? code} (${code}): order it again`;
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
    const code = waits ? await this.problemOf(tx, other, false) : 'order.changed';
    if (code === undefined)
      throw new ReleaseRefusedError(409, 'order.waits-already', `Order ${other.id} about this group waits for a second person already.`);
    await this.stop(tx, other, code);
  }

  private isLost(person: Author): boolean {
    return person.subject !== localIdentity.subject && this.isWithdrawn(identityOfAuthor(person));
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

  private report(
    tx: EntityManager,
    batchId: string,
    { subject, name }: Pick<Identity, 'subject' | 'name'>,
    { reason = '', ...what }: Pick<AuditReport, 'action' | 'reason' | 'details'>,
  ): Promise<void> {
    const report = { subject, name, ...what, object: `group:${batchId}`, target: this.target, reason: toStorable(reason) };
    return reportToAudit((text, parameters) => tx.query(text, [...parameters]), 'erp_sink', report);
  }
}

const stopTexts: Readonly<Record<string, string>> = {
  'order.author-lost-right': 'the rights of who ordered or approved it changed since',
  'order.approval-expired': 'it waited too long',
  'order.changed': 'the group is not what was asked for',
};

const textsOf = ({ sums }: ReleaseContent): { minor: string; currency: string }[] =>
  sums.map(({ minor, currency }) => ({ minor: minor.toString(), currency }));

async function now(tx: EntityManager): Promise<number> {
  const [clock] = await tx.query<{ now: Date }[]>('select clock_timestamp() as now');
  return clock?.now.getTime() ?? 0;
}
