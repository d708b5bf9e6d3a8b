import type { ReleaseState } from '@tributary/contracts';
import { Inject, Injectable } from '@nestjs/common';
import { identityOfAuthor, localIdentity } from '@tributary/identity';
import type { Author, IsWithdrawn, OrderLimits } from '@tributary/identity';
import type { EntityManager } from 'typeorm';
import { IS_WITHDRAWN, RELEASE_RULES, TARGET } from '../tokens.js';
import { reasonsToWait, releaseContentOf } from './release-content.js';
import type { RawReleaseOrder } from './release-order.js';
import { reportRelease } from './release-report.js';

/** What somebody may release alone, and how long an order waits for a second person, ms; an approval holds as long. */
export interface ReleaseRules {
  readonly limits: OrderLimits;
  readonly expiresMs: number;
}

const itself = { subject: 'service:erp-sink', name: 'erp-sink' };

/** Asks whether an order to release a batch still holds, and ends it if not. Every method is part of a transaction that holds the lock of the batch's row. */
@Injectable()
export class ReleaseStops {
  constructor(
    @Inject(RELEASE_RULES) private readonly rules: ReleaseRules,
    @Inject(IS_WITHDRAWN) private readonly isWithdrawn: IsWithdrawn,
    @Inject(TARGET) private readonly target: string,
  ) {}

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

  /** Ends an order that is not carried out, with its code. */
  async stop(tx: EntityManager, order: RawReleaseOrder, code: string): Promise<void> {
    const state: ReleaseState = code === 'order.changed' ? 'changed' : code === 'order.approval-expired' ? 'expired' : 'stopped';
    await tx.query(`update erp_sink.release_order set state = $2, stop_code = $3, ended_at = clock_timestamp() where id = $1`, [
      order.id,
      state,
      code,
    ]);
    const details = { order: order.id, code, author: order.author.subject, approver: order.decider?.subject ?? null };
    const { target, batch_id: batchId } = order;
    await reportRelease(tx, { action: 'group.release-stopped', target, batchId, who: itself, reason: stopTexts[code] ?? code, details });
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

  private isLost(person: Author): boolean {
    return person.subject !== localIdentity.subject && this.isWithdrawn(identityOfAuthor(person));
  }
}

const stopTexts: Readonly<Record<string, string>> = {
  'order.author-lost-right': 'the rights of who ordered or approved it changed since',
  'order.approval-expired': 'it waited too long',
  'order.changed': 'the group is not what was asked for',
};

async function now(tx: EntityManager): Promise<number> {
  const [clock] = await tx.query<{ now: Date }[]>('select clock_timestamp() as now');
  return clock?.now.getTime() ?? 0;
}
