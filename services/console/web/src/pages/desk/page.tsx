import { getRouteApi } from '@tanstack/react-router';
import { ZoneNote } from '../../components/instant.js';
import { Problem } from '../../components/problem.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useCauses } from './api.js';
import { BreaksView } from './breaks.js';
import { CausesView } from './causes.js';
import { DeskExport } from './export.js';
import { FilterBar } from './filter-bar.js';
import { causesThatFit, filterTexts, filtersOf, isNarrowed, viewOf } from './filters.js';
import type { DeskFilters, DeskView } from './filters.js';
import { GroupsView } from './groups.js';
import { LettersView } from './letters.js';
import { OrdersView } from './orders.js';
import type { Cause } from './read-desk.js';
import { SequencesView } from './sequences.js';
import { DeskTabs, viewTitles } from './tabs.js';

const route = getRouteApi('/console/desk');

/** The desk: what needs a person is worked off here. */
export function DeskPage() {
  const filters = filtersOf(route.useSearch());
  const view = viewOf(filters);
  const { data: causes, problem } = useCauses();
  useTitle([view === 'causes' ? 'Desk' : `Desk: ${viewTitles[view]}`, ...filterTexts(filters).map(({ text }) => text)].join(', '));
  const ofLetters = !['breaks', 'groups', 'orders'].includes(view);
  return (
    <main>
      <section className="card desk-room" aria-labelledby="desk-title">
        <div className="bar-of-tools">
          <h2 id="desk-title">Desk</h2>
          <ZoneNote />
          <DeskExport view={view} filters={filters} />
        </div>
        <DeskTabs view={view} filters={filters} causes={causes} />
        {ofLetters && <FilterBar filters={filters} view={view} causes={causes ?? []} />}
        <Problem text={problem} />
        {/* What was selected in one list means nothing in another. */}
        <Section key={JSON.stringify(filters)} what="The list" retryOn={filters}>
          <View view={view} filters={filters} causes={causes} isAway={problem !== undefined} />
        </Section>
      </section>
    </main>
  );
}

interface ViewProps {
  readonly view: DeskView;
  readonly filters: DeskFilters;
  readonly causes: readonly Cause[] | undefined;
  /** Whether the causes could not be read. */
  readonly isAway: boolean;
}

function View({ view, filters, causes, isAway }: ViewProps) {
  switch (view) {
    case 'causes':
      if (causes)
        return (
          <CausesView causes={causesThatFit(causes, filters)} none={isNarrowed(filters) ? 'No cause fits.' : 'No dead letter is open.'} />
        );
      return isAway ? null : <p className="notice muted">Loading the causes.</p>;
    case 'sequences':
      return <SequencesView filters={filters} />;
    case 'letters':
      return <LettersView filters={filters} none="There is no such letter." />;
    case 'held':
      return <LettersView filters={{ ...filters, held: 'true' }} none="Nothing is held, and nothing is asked." />;
    case 'again':
      return <LettersView filters={{ ...filters, again: 'true' }} none="Nothing that was replayed failed again." />;
    case 'breaks':
      return <BreaksView filters={filters} />;
    case 'groups':
      return <GroupsView filters={filters} />;
    case 'orders':
      return <OrdersView filters={filters} />;
  }
}
