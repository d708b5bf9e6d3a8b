import { Link } from '../../components/link.js';
import { amountsLine, sumPerCurrency } from '../../format/amount.js';
import { countText } from '../../format/text.js';
import { useOrders } from '../../orders/api.js';
import { endedStates } from '../../orders/read-order.js';
import type { Amount } from '../../recon/shapes.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { useGroups, useTotals } from './api.js';
import { deskHref, filtersOf } from './filters.js';
import type { DeskView } from './filters.js';
import type { Cause } from './read-desk.js';

/** What failed again after a replay, whatever else is filtered by. */
const failedAgain = filtersOf({ again: 'true' });

/** Names of the lists. */
export const viewTitles: Readonly<Record<DeskView, string>> = {
  causes: 'Causes',
  sequences: 'Sequences',
  letters: 'Letters',
  held: 'Held and questions',
  again: 'Failed again',
  breaks: 'Breaks',
  groups: 'Unreleased groups',
  orders: 'Orders',
};

/** A count with its money; undefined: not known, because nobody has answered. Nothing is 0 because somebody is away. */
interface Sum {
  readonly count: number;
  readonly money: readonly Amount[];
}

interface Tab {
  readonly name: DeskView;
  readonly sum: Sum | undefined;
  readonly shown?: boolean;
}

/** The lists of the desk, with how many are in each and their money. */
export function DeskTabs({ view, causes }: { readonly view: DeskView; readonly causes: readonly Cause[] | undefined }) {
  const { live, person } = useShell();
  const mayRelease = mayDo(person, 'ledger.read');
  const orders = useOrders(null).data;
  const again = useTotals(failedAgain).data?.sum;
  const groups = useGroups(mayRelease).data?.rows;
  const breaks = live.snapshot?.overview?.open.filter(({ what }) => ['different', 'missing', 'ledgerEffects'].includes(what));
  const ofCauses = (held: boolean): Sum | undefined =>
    summed(causes?.filter((one) => one.held === held).map(({ count, money }) => ({ count, money })));
  const tabs: readonly Tab[] = [
    { name: 'causes', sum: ofCauses(false) },
    { name: 'held', sum: ofCauses(true) },
    { name: 'again', sum: again && { count: again.count ?? 0, money: again.amounts } },
    {
      name: 'breaks',
      sum: summed(breaks?.map(({ sum }) => ({ count: sum.count ?? 0, money: sum.amounts }))),
      shown: mayDo(person, 'payments.read'),
    },
    { name: 'groups', sum: summed(groups?.map(({ amounts }) => ({ count: 1, money: amounts }))), shown: mayRelease },
    { name: 'orders', sum: summed(orders?.filter(({ state }) => !endedStates.includes(state)).map(() => ({ count: 1, money: [] }))) },
  ];
  const current = view === 'sequences' || view === 'letters' ? 'causes' : view;
  return (
    <nav className="desk-tabs" aria-label="Lists of the desk">
      {tabs
        .filter(({ shown = true }) => shown)
        .map(({ name, sum }) => (
          <Link key={name} href={deskHref({ view: name })} current={name === current}>
            {sum && <strong>{countText(sum.count)}</strong>} {viewTitles[name]}
            {sum && sum.money.length > 0 && <span className="tab-money">{amountsLine(sum.money)}</span>}
          </Link>
        ))}
    </nav>
  );
}

function summed(sums: readonly Sum[] | undefined): Sum | undefined {
  if (!sums) return undefined;
  return { count: sums.reduce((total, { count }) => total + count, 0), money: sumPerCurrency(sums.flatMap(({ money }) => money)) };
}
