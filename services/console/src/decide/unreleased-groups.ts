import type { AmountView, BatchesView, BatchTotalView, OpenBatchView } from '@tributary/contracts';
import { amountView, batchCursor, compareBatches, keysetPage } from '@tributary/domain';

/** Rows of a page where nobody says how many; that of the sinks. */
const usualRows = 100;

/**
 * One page of groups that are not released, the oldest first, of the pages that all sinks answered to the same request, with the sum of all.
 * @param answers bodies of the sinks. Whatever is no group is left out. @param query of the request: `limit`, `after`, `before`.
 */
export function unreleasedPage(answers: readonly unknown[], query: URLSearchParams): BatchesView {
  const parts = answers.map((answer) => (typeof answer === 'object' && answer !== null ? (answer as Partial<BatchesView>) : {}));
  const [after, before] = [query.get('after') ?? undefined, query.get('before') ?? undefined];
  const limit = Number(query.get('limit') ?? usualRows) || usualRows;
  const isBack = after === undefined && before !== undefined;
  const rows = parts.flatMap(({ batches }) => (Array.isArray(batches) ? (batches as unknown[]).filter(isGroup) : [])).sort(compareBatches);
  const more = rows.length > limit || parts.some(({ next, previous }) => typeof (isBack ? previous : next) === 'string');
  const page = keysetPage({ limit, after, before }, isBack ? rows.reverse() : rows, batchCursor, more);
  return { batches: page.rows, next: page.next, previous: page.previous, total: totalOf(parts) };
}

function isGroup(row: unknown): row is OpenBatchView {
  const { openedAt, target, batchId } = (row ?? {}) as Partial<OpenBatchView>;
  return typeof target === 'string' && typeof batchId === 'string' && !Number.isNaN(Date.parse(String(openedAt)));
}

/** The sums of all sinks; null where one did not say its own: it is of an older release. */
function totalOf(parts: readonly Partial<BatchesView>[]): BatchTotalView | null {
  const totals = parts.flatMap(({ total }) => (total ? [total] : []));
  if (totals.length < parts.length) return null;
  return {
    batches: totals.reduce((sum, { batches }) => sum + batches, 0),
    documents: totals.reduce((sum, { documents }) => sum + documents, 0),
    amounts: summed(totals.flatMap(({ amounts }) => amounts)),
  };
}

function summed(amounts: readonly AmountView[]): AmountView[] {
  const sums = new Map<string, bigint>();
  for (const { minor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(minor));
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, minor]) => amountView(minor.toString(), currency));
}
