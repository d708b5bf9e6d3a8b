import type { SumView } from '@tributary/contracts';
import { sumView } from '../../shared/decide/amount-view.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { asksLedgers, capturesFor, paymentCondition } from './payment-filter.js';
import type { PaymentFilter } from './payment-filter.js';
import { seenBy } from './seen-sql.js';

type Query = <Row>(sql: string, values: unknown[]) => Promise<Row[]>;
interface Row {
  readonly currency: string | null;
  readonly count: string;
  readonly minor: string | null;
}

/**
 * How many payments a filter selects, and their money per currency. From the sums that are kept (migration 0025) where they answer it: they know
 * neither amounts, days and customers nor what a single ledger made of a payment.
 */
export async function paymentTotals(query: Query, filter: PaymentFilter, visible: VisibleTargets): Promise<SumView> {
  const seen = seenBy(visible, 1);
  const { sql, values } = paymentCondition(filter, seen, 1 + seen.values.length);
  const source = areKept(filter, visible) ? keptSums : `${capturesFor(filter, seen)} c`;
  const sums = areKept(filter, visible) ? keptColumns : 'count(*), sum(c.minor)::text as minor';
  const rows = await query<Row>(
    `select c.currency, ${sums} from ${source} where ${sql} ${seen.values.length === 0 ? '' : 'and $1::text[] is not null'} group by 1`,
    [...seen.values, ...values],
  );
  return sumView(rows.map((row) => ({ ...row, count: Number(row.count) })).filter(({ count }) => count > 0));
}

/** One figure of payments, for one currency. */
export interface PaymentSumRow {
  readonly name: string;
  readonly count: string;
  readonly minor: string | null;
  readonly currency: string | null;
}

/** Payments by their standing, or by their comparison with the ledger, per currency. */
export function paymentSums(query: Query, by: 'standing' | 'reconciliation', visible: VisibleTargets): Promise<PaymentSumRow[]> {
  const seen = seenBy(visible, 1);
  const [source, sums, some] =
    visible === '*'
      ? [keptSums, keptColumns, 'sum(c.count) <> 0']
      : [`${seen.captures} c`, 'count(*), sum(c.minor)::text as minor', 'true'];
  return query(`select c.${by} as name, c.currency, ${sums} from ${source} where c.${by} is not null group by 1, 2 having ${some}`, [
    ...seen.values,
  ]);
}

/** An amount is known with its currency, or not at all. Rows that are not merged yet may cancel each other out. */
const keptSums = 'recon.payment_sum c';
const keptColumns = 'sum(c.count)::text as count, case when c.currency is not null then sum(c.minor)::text end as minor';

function areKept(filter: PaymentFilter, visible: VisibleTargets): boolean {
  const { minMinor, maxMinor, from, to, customer } = filter;
  if ([minMinor, maxMinor, from, to, customer].some((one) => one !== undefined)) return false;
  return visible === '*' || !asksLedgers(filter);
}
