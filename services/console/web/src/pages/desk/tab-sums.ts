import { sumPerCurrency } from '../../format/amount.js';
import { counted } from '../../format/text.js';
import { orderFilters, useOrders } from '../../orders/api.js';
import type { OrderPage } from '../../orders/read-order.js';
import type { Amount, Sum } from '../../recon/shapes.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { useGroupTotal, useTotals } from './api.js';
import { breakKindOf, breakKinds, useBreakSums } from './break-kinds.js';
import { causesThatFit, filtersOf, isNarrowed } from './filters.js';
import type { DeskFilters, DeskView } from './filters.js';
import type { Cause, Totals } from './read-desk.js';

/** How many rows a list has, with their money; undefined: not known, because nobody has answered. Nothing is 0 because somebody is away. */
export interface TabSum {
  readonly count: number;
  readonly money: readonly Amount[];
  /** What is said instead of money. */
  readonly text?: string;
}

/** A list of the desk in figures. */
export interface Tab {
  readonly name: DeskView;
  /** The whole list. */
  readonly sum: TabSum | undefined;
  /** What the filters leave of it, where they are about this list. */
  readonly narrowed?: TabSum | undefined;
  readonly shown?: boolean;
}

/** Lists that need a request of their own to be counted, whatever else is filtered by. */
const [none, held, failedAgain] = [filtersOf({}), filtersOf({ held: 'true' }), filtersOf({ again: 'true' })];

/** A list that is asked for its total. */
const justCounted = { limit: 1 };

/** What is listed of letters that are held, or failed again. */
const ofView = (view: 'held' | 'again', filters: DeskFilters): DeskFilters => ({ ...filters, [view]: 'true' });

/** Every list of the desk in figures: a tab says how many rows the list has that it opens, and how many of them the filters leave. */
export function useTabs(view: DeskView, filters: DeskFilters, causes: readonly Cause[] | undefined): readonly Tab[] {
  const { person } = useShell();
  const mayRelease = mayDo(person, 'ledger.read');
  const orders = ordersSum(useOrders(none, justCounted).data);
  const chosenOrders = ordersSum(useOrders(view === 'orders' ? filters : none, justCounted).data);
  const sums = { held: useTotals(held).data, again: useTotals(failedAgain).data };
  const chosen = lettersSum(useTotals(view === 'held' || view === 'again' ? ofView(view, filters) : held).data);
  const groups = useGroupTotal(mayRelease).data?.total;
  const breaks = useBreakSums();
  const ofKind = breaks?.filter((_, index) => breakKinds[index]?.of === filters.of);
  const narrowed = isNarrowed(filters);
  const of = (name: DeskView, sum: TabSum | undefined): { readonly narrowed?: TabSum | undefined } =>
    narrowed && view === name ? { narrowed: sum } : {};
  return [
    { name: 'causes', sum: causesSum(causes), ...of('causes', causesSum(causes && causesThatFit(causes, filters))) },
    { name: 'held', sum: lettersSum(sums.held), ...of('held', chosen) },
    { name: 'again', sum: lettersSum(sums.again), ...of('again', chosen) },
    {
      name: 'breaks',
      sum: summed(breaks?.map(sumOfTab)),
      ...(view === 'breaks' && breakKindOf(filters.of) ? { narrowed: summed(ofKind?.map(sumOfTab)) } : {}),
      shown: mayDo(person, 'payments.read'),
    },
    { name: 'groups', sum: groups ? { count: groups.batches ?? 0, money: groups.amounts } : undefined, shown: mayRelease },
    { name: 'orders', sum: orders, ...(view === 'orders' && orderFilters.some((name) => filters[name]) ? { narrowed: chosenOrders } : {}) },
  ];
}

/** Causes as their list has them: one for each row, held ones as well. */
export function causesSum(causes: readonly Cause[] | undefined): TabSum | undefined {
  return summed(causes?.map(({ money }) => ({ count: 1, money })));
}

/** Orders as recon counts them, and how many have not ended. */
export function ordersSum(page: Pick<OrderPage, 'total'> | undefined): TabSum | undefined {
  const { count, underWay } = page?.total ?? { count: null, underWay: null };
  return count === null ? undefined : { count, money: [], text: `${counted(underWay, 'order')} under way` };
}

function lettersSum(totals: Totals | undefined): TabSum | undefined {
  return totals && sumOfTab(totals.sum);
}

function sumOfTab({ count, amounts }: Sum): TabSum {
  return { count: count ?? 0, money: amounts };
}

function summed(sums: readonly TabSum[] | undefined): TabSum | undefined {
  if (!sums) return undefined;
  return { count: sums.reduce((total, { count }) => total + count, 0), money: sumPerCurrency(sums.flatMap(({ money }) => money)) };
}
