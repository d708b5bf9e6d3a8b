import { Link } from '../../components/link.js';
import { amountsLine } from '../../format/amount.js';
import { countText } from '../../format/text.js';
import { deskHref } from './filters.js';
import type { DeskFilters, DeskView } from './filters.js';
import type { Cause } from './read-desk.js';
import { useTabs } from './tab-sums.js';
import type { Tab } from './tab-sums.js';

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

interface Props {
  readonly view: DeskView;
  readonly filters: DeskFilters;
  readonly causes: readonly Cause[] | undefined;
}

/** The lists of the desk, with how many rows are in each and their money. */
export function DeskTabs({ view, filters, causes }: Props) {
  // Sequences and letters are what a cause opens: their own figures stand above them.
  const current = view === 'sequences' || view === 'letters' ? 'causes' : view;
  return (
    <nav className="desk-tabs" aria-label="Lists of the desk">
      {useTabs(view, filters, causes)
        .filter(({ shown = true }) => shown)
        .map((tab) => (
          <Link key={tab.name} href={deskHref({ view: tab.name })} current={tab.name === current}>
            <TabText tab={tab} />
          </Link>
        ))}
    </nav>
  );
}

/** `40 Causes`, and where filters leave fewer: `2 of 40 Causes`. The money is of those that are counted first. */
export function TabText({ tab: { name, sum, narrowed } }: { readonly tab: Tab }) {
  const said = narrowed ?? sum;
  const below = said?.text ?? (said && said.money.length > 0 ? amountsLine(said.money) : undefined);
  return (
    <>
      <span>
        {said && <strong>{countText(said.count)}</strong>}
        {narrowed && sum && ` of ${countText(sum.count)}`} {viewTitles[name]}
      </span>
      {below !== undefined && <span className="tab-money">{below}</span>}
    </>
  );
}
