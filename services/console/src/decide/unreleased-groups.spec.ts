import { amountView, batchCursor, compareBatches, keysetPage, pageStart } from '@tributary/domain';
import type { PageRequest } from '@tributary/domain';
import type { BatchesView, OpenBatchView } from '@tributary/contracts';
import fc from 'fast-check';
import { unreleasedPage } from './unreleased-groups.js';

const group = (target: string, openedMs: number, batchId: string): OpenBatchView => ({
  ...{ target, batchId, kind: 'cash-receipt', date: '2026-11-21', bankAccount: '1', state: 'open', documents: 2, attempts: 0, text: null },
  ...{ openedAt: new Date(openedMs).toISOString(), amounts: [amountView('1050', 'USD')], byPerson: false },
});

/** What a sink that has these groups answers. */
function answerOf(own: readonly OpenBatchView[], page: PageRequest): BatchesView {
  const start = pageStart(page, 'asc');
  const sign = start.order === 'asc' ? 1 : -1;
  const sorted = own.toSorted((a, b) => sign * compareBatches(a, b));
  const place = sorted.find((one) => batchCursor(one) === start.cursor);
  const cursorAt = start.cursor?.split('~') ?? [];
  const at = place ?? { openedAt: new Date(Number(cursorAt[0])), target: cursorAt[1] ?? '', batchId: cursorAt.slice(2).join('~') };
  const beyond = start.cursor === undefined ? sorted : sorted.filter((one) => sign * compareBatches(one, at) > 0);
  const { rows, next, previous } = keysetPage(page, beyond.slice(0, start.rows), batchCursor);
  const total = {
    batches: own.length,
    documents: 2 * own.length,
    amounts: own.length === 0 ? [] : [amountView(String(1050 * own.length), 'USD')],
  };
  return { batches: rows, next, previous, total };
}

it('leads through the groups of all sinks and back again, the oldest first, without gaps and repeats, with the sum of all on every page', () => {
  const ids = fc.uniqueArray(
    fc.tuple(fc.constantFrom('kinetic-main', 'sl-main', 'stripe-main'), fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })),
    {
      selector: ([target, , id]) => `${target}/${id}`,
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 6 }), (made, limit) => {
      const all = made.map(([target, openedMs, id]) => group(target, openedMs, `G${id}`));
      const sinks = [['kinetic-main'], ['sl-main', 'stripe-main']].map((targets) => all.filter(({ target }) => targets.includes(target)));
      const ask = (page: PageRequest): BatchesView =>
        unreleasedPage(
          sinks.map((own) => answerOf(own, page)),
          new URLSearchParams(Object.entries({ ...page, limit: String(page.limit) }).filter(([, value]) => value !== undefined)),
        );
      const pages = [ask({ limit })];
      for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) pages.push(ask({ limit, after: next }));
      expect(pages.flatMap(({ batches }) => batches)).toEqual(all.toSorted(compareBatches));
      for (const [index, { previous, total }] of pages.entries()) {
        expect(total).toMatchObject({ batches: all.length, documents: 2 * all.length });
        expect(previous === null).toBe(index === 0);
        if (previous !== null) expect(ask({ limit, before: previous }).batches).toEqual(pages[index - 1]?.batches);
      }
    }),
  );
});

it('leaves out what is no group, and says no sum where a sink says none', () => {
  const page = unreleasedPage(
    [null, 'text', { batches: 'none' }, { batches: [null, 7, {}, group('kinetic-main', 1, 'G1')] }],
    new URLSearchParams(),
  );
  expect([page.batches.map(({ batchId }) => batchId), page.next, page.previous, page.total]).toEqual([['G1'], null, null, null]);
});
