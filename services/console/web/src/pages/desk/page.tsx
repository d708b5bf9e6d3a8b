import { getRouteApi } from '@tanstack/react-router';
import { Link } from '../../components/link.js';
import { Problem } from '../../components/problem.js';
import { amountsLine, sumPerCurrency } from '../../format/amount.js';
import { countText } from '../../format/text.js';
import { useOrders } from '../../orders/api.js';
import { endedStates } from '../../orders/read-order.js';
import { mayDo, useShell } from '../../shell/live-context.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useCauses } from './api.js';
import { BreaksView } from './breaks.js';
import { causesThatFit, CausesView } from './causes.js';
import { FilterBar } from './filter-bar.js';
import { deskHref, filterTexts, filtersOf, viewOf } from './filters.js';
import type { DeskFilters, DeskView } from './filters.js';
import { GroupsView } from './groups.js';
import { LettersView } from './letters.js';
import { OrdersView } from './orders.js';
import type { Cause } from './read-desk.js';
import { SequencesView } from './sequences.js';

const route = getRouteApi('/console/desk');

const titles: Readonly<Record<DeskView, string>> = {
  causes: 'Causes',
  sequences: 'Sequences',
  letters: 'Letters',
  held: 'Held and questions',
  breaks: 'Breaks',
  groups: 'Unreleased groups',
  orders: 'Orders',
};

/** The desk: what needs a person is worked off here. */
export function DeskPage() {
  const filters = filtersOf(route.useSearch());
  const view = viewOf(filters);
  const { data: causes, problem } = useCauses();
  useTitle([view === 'causes' ? 'Desk' : `Desk: ${titles[view]}`, ...filterTexts(filters).map(({ text }) => text)].join(', '));
  const ofLetters = view === 'causes' || view === 'sequences' || view === 'letters' || view === 'held';
  return (
    <main>
      <section className="card desk-room" aria-labelledby="desk-title">
        <div className="bar-of-tools">
          <h2 id="desk-title">Desk</h2>
        </div>
        <Tabs view={view} causes={causes ?? []} />
        {ofLetters && <FilterBar filters={filters} view={view} causes={causes ?? []} />}
        <Problem text={problem} />
        {/* What was selected in one list means nothing in another. */}
        <Section key={JSON.stringify(filters)} what="The list" retryOn={filters}>
          <View view={view} filters={filters} causes={causes} />
        </Section>
      </section>
    </main>
  );
}

interface ViewProps {
  readonly view: DeskView;
  readonly filters: DeskFilters;
  readonly causes: readonly Cause[] | undefined;
}

function View({ view, filters, causes }: ViewProps) {
  switch (view) {
    case 'causes':
      return causes ? <CausesView causes={causesThatFit(causes, filters)} /> : <p className="notice muted">Loading the causes.</p>;
    case 'sequences':
      return <SequencesView filters={filters} />;
    case 'letters':
      return <LettersView filters={filters} none="There is no such letter." />;
    case 'held':
      return <LettersView filters={{ ...filters, held: 'true' }} none="Nothing is held, and nothing is asked." />;
    case 'breaks':
      return <BreaksView filters={filters} />;
    case 'groups':
      return <GroupsView />;
    case 'orders':
      return <OrdersView filters={filters} />;
  }
}

function Tabs({ view, causes }: { readonly view: DeskView; readonly causes: readonly Cause[] }) {
  const { live, person } = useShell();
  const open = live.snapshot?.overview?.open ?? [];
  const orders = useOrders(null).data ?? [];
  const letters = (held: boolean): { readonly count: number; readonly money: string } => {
    const own = causes.filter((one) => one.held === held);
    const money = sumPerCurrency(own.flatMap((one) => one.money));
    return { count: own.reduce((sum, one) => sum + one.count, 0), money: money.length === 0 ? '' : amountsLine(money) };
  };
  const breaks = open.filter(({ what }) => ['different', 'missing', 'ledgerEffects'].includes(what));
  const breakMoney = sumPerCurrency(breaks.flatMap(({ sum }) => sum.amounts));
  const tabs: readonly { readonly name: DeskView; readonly count?: number; readonly money: string; readonly shown?: boolean }[] = [
    { name: 'causes', ...letters(false) },
    { name: 'held', ...letters(true) },
    {
      name: 'breaks',
      count: breaks.reduce((total, { sum }) => total + (sum.count ?? 0), 0),
      money: breakMoney.length === 0 ? '' : amountsLine(breakMoney),
      shown: mayDo(person, 'payments.read'),
    },
    { name: 'groups', money: '', shown: mayDo(person, 'ledger.read') },
    { name: 'orders', count: orders.filter(({ state }) => !endedStates.includes(state)).length, money: '' },
  ];
  const current = view === 'sequences' || view === 'letters' ? 'causes' : view;
  return (
    <nav className="desk-tabs" aria-label="Lists of the desk">
      {tabs
        .filter(({ shown = true }) => shown)
        .map(({ name, count, money }) => (
          <Link key={name} href={deskHref({ view: name })} current={name === current}>
            {count !== undefined && <strong>{countText(count)}</strong>} {titles[name]}
            {money !== '' && <span className="tab-money">{money}</span>}
          </Link>
        ))}
    </nav>
  );
}
