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
  readonly paused_by: string | null;
  readonly pause_reason: string | null;
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
  readonly edit: OrderView['edit'];
}

/** Reads one order; undefined when it is unknown. */
export async function readOrder(manager: EntityManager, id: string): Promise<OrderView | undefined> {
  return (await readOrders(manager, [id]))[0];
}

/** Reads orders, the newest first. Ids that are unknown are left out. */
export async function readOrders(manager: EntityManager, ids: readonly string[]): Promise<OrderView[]> {
  const rows = await manager.query<OrderRow[]>(
    `select * from recon.dead_letter_order where id = any($1) order by ordered_at desc, id desc`,
    [ids],
  );
  const counts = await manager.query<ItemCount[]>(
    `select order_id, state, result, count(*) from recon.dead_letter_order_item where order_id = any($1) group by order_id, state, result`,
    [ids],
  );
  return rows.map((row) =>
    orderView(
      row,
      counts.filter(({ order_id }) => order_id === row.id),
    ),
  );
}

interface ItemCount {
  readonly order_id: string;
  readonly state: string;
  readonly result: string | null;
  readonly count: string;
}

function orderView(row: OrderRow, counts: readonly ItemCount[]): OrderView {
  const sum = (wanted: (one: ItemCount) => boolean): number => counts.filter(wanted).reduce((total, { count }) => total + Number(count), 0);
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
    done: sum(({ state, result }) => state === 'closed' && !failed(result)),
    failed: sum(({ state, result }) => state === 'closed' && failed(result)),
    stopped: sum(({ state }) => state === 'stopped'),
    results,
    reason: row.reason,
    by: row.ordered_by,
    ratePerSecond: Number(row.rate_per_second),
    orderedAt: row.ordered_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    cancelledBy: row.cancelled_by,
    ...(row.state === 'paused' ? { pausedBy: row.paused_by, pauseReason: row.pause_reason } : { pausedBy: null, pauseReason: null }),
    ...decisionOf(row),
  };
}

/** Dead-lettered again, or a message that no broker takes. */
function failed(result: string | null): boolean {
  return result === 'dead-again' || result?.startsWith('refused: ') === true;
}

/** Whose decision an order is. */
function decisionOf(
  row: OrderRow,
): Pick<
  OrderView,
  | 'subject'
  | 'targets'
  | 'waitsFor'
  | 'edit'
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
    edit: row.edit,
    contentHash: row.content_hash,
    expiresAt: row.expires_at?.toISOString() ?? null,
    approvedBy: row.approver?.name ?? null,
    approvalReason: row.approval_reason,
    refusedBy: row.refused_by,
    refusalReason: row.refusal_reason,
    stopCode: row.stop_code,
  };
}
