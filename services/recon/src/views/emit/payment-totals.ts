import type { SumView } from '@tributary/contracts';
import { sumView } from '../../shared/decide/amount-view.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { keptCaptures } from './kept-captures.js';
import { asksLedgers, paymentCondition } from './payment-filter.js';
import type { PaymentFilter } from './payment-filter.js';
import { seenBy } from './seen-sql.js';

type Query = <Row>(sql: string, values: unknown[]) => Promise<Row[]>;
interface Row {
  readonly currency: string | null;
  readonly count: string;
  readonly minor: string | null;
}

/**
 * How many payments a filter selects, and their money per currency. From the sums that are kept (migrations 0025 and 0033) where they answer it: they do
 * not know amounts, days and customers.
 */
export async function paymentTotals(query: Query, filter: PaymentFilter, visible: VisibleTargets): Promise<SumView> {
  const seen = seenBy(visible, 1);
  const { sql, values } = paymentCondition(filter, seen, 1 + seen.values.length);
  const kept = asksLedgers(filter) ? seen.kept : keptCaptures('*', 0);
  const [source, sums] = areKept(filter) ? [kept.sums, keptColumns] : [kept.captures, 'count(*), sum(c.minor)::text as minor'];
  const rows = await query<Row>(
    `select c.currency, ${sums} from ${source} c where ${sql} ${seen.values.length === 0 ? '' : 'and $1::text[] is not null'} group by 1`,
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
  return query(
    `select c.${by} as name, c.currency, ${keptColumns} from ${seen.kept.sums} c where c.${by} is not null group by 1, 2 having sum(c.count) <> 0`,
    [...seen.values],
  );
}

/** An amount is known with its currency, or not at all. Rows that are not merged yet may cancel each other out. */
const keptColumns = 'sum(c.count)::text as count, case when c.currency is not null then sum(c.minor)::text end as minor';

const areKept = ({ minMinor, maxMinor, from, to, customer }: PaymentFilter): boolean =>
  [minMinor, maxMinor, from, to, customer].every((one) => one === undefined);
