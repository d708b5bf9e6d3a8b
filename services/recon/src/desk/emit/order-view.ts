import type { EntityManager } from 'typeorm';
import type { OrderAction, OrderView } from '@tributary/contracts';
import type { Author } from '@tributary/identity';

interface OrderRow {
  readonly id: string;
  readonly action: OrderAction;
  readonly scope: string;
  readonly state: OrderView['state'];
  readonly total: number;
  readonly reason: string;
  readonly ordered_by: string;
  readonly rate_per_second: string;
  readonly ordered_at: Date;
  readonly ended_at: Date | null;
  readonly cancelled_by: string | null;
  readonly author: Author | null;
  readonly targets: readonly string[];
  readonly approval_reasons: readonly string[];
  readonly content_hash: string | null;
  readonly expires_at: Date | null;
  readonly approver: Author | null;
  readonly approval_reason: string | null;
  readonly refused_by: string | null;
  readonly refusal_reason: string | null;
  readonly stop_code: string | null;
}

/** Reads one order; undefined when it is unknown. */
export async function readOrder(manager: EntityManager, id: string): Promise<OrderView | undefined> {
  const [row] = await manager.query<OrderRow[]>(`select * from recon.dead_letter_order where id = $1`, [id]);
  if (!row) return undefined;
  const counts = await manager.query<{ state: string; result: string | null; count: string }[]>(
    `select state, result, count(*) from recon.dead_letter_order_item where order_id = $1 group by state, result`,
    [id],
  );
  const sum = (wanted: (one: { state: string; result: string | null }) => boolean): number =>
    counts.filter(wanted).reduce((total, { count }) => total + Number(count), 0);
  const results: Record<string, number> = {};
  for (const { result, count } of counts) if (result !== null) results[result] = (results[result] ?? 0) + Number(count);
  return {
    id: row.id,
    action: row.action,
    scope: row.scope,
    state: row.state,
    total: row.total,
    pending: sum(({ state }) => state === 'pending'),
    given: sum(({ state }) => state === 'given'),
    done: sum(({ state, result }) => state === 'closed' && result !== 'dead-again'),
    failed: sum(({ state, result }) => state === 'closed' && result === 'dead-again'),
    stopped: sum(({ state }) => state === 'stopped'),
    results,
    reason: row.reason,
    by: row.ordered_by,
    ratePerSecond: Number(row.rate_per_second),
    orderedAt: row.ordered_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    cancelledBy: row.cancelled_by,
    ...decisionOf(row),
  };
}

/** Whose decision an order is. */
function decisionOf(
  row: OrderRow,
): Pick<
  OrderView,
  | 'subject'
  | 'targets'
  | 'waitsFor'
  | 'contentHash'
  | 'expiresAt'
  | 'approvedBy'
  | 'approvalReason'
  | 'refusedBy'
  | 'refusalReason'
  | 'stopCode'
> {
  return {
    subject: row.author?.subject ?? null,
    targets: row.targets,
    waitsFor: row.approval_reasons,
    contentHash: row.content_hash,
    expiresAt: row.expires_at?.toISOString() ?? null,
    approvedBy: row.approver?.name ?? null,
    approvalReason: row.approval_reason,
    refusedBy: row.refused_by,
    refusalReason: row.refusal_reason,
    stopCode: row.stop_code,
  };
}
