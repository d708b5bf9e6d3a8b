import { useSearch } from '@tanstack/react-router';
import { addressOf } from '../../api/address.js';
import { ExportLink } from '../../components/export-link.js';
import { FilterForm } from '../../components/filter-form.js';
import { ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { counted, countText, visibleText } from '../../format/text.js';
import { hrefOf } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useRecords } from '../records/api.js';
import { RecordTable } from '../records/table.js';
import { useListTotals } from './api.js';
import { messageLists } from './lists.js';
import type { MessageList, MessageListName } from './lists.js';
import { Sections } from './sections.js';

/** Kinds of rows that are shown beside the count. */
const shownKinds = 8;

/** The page of one list of messages. */
export function pageOf(name: MessageListName) {
  return function Page() {
    return <MessagesPage name={name} search={useSearch({ strict: false })} />;
  };
}

type Search = Readonly<Record<string, string | undefined>>;
type Filters = Readonly<Record<string, string | null>>;

function MessagesPage({ name, search }: { readonly name: MessageListName; readonly search: Search }) {
  const list = messageLists[name];
  const filters: Filters = Object.fromEntries(list.filters.map((filter) => [filter.name, search[filter.name] ?? null]));
  const { after = null, before = null } = search;
  const { data: page, problem } = useRecords(list, { ...filters, after, before });
  useTitle([list.title, ...Object.values(filters).filter((value) => value !== null)].join(': '));
  return (
    <main>
      <section className="card list" aria-labelledby="messages-title">
        <div className="bar-of-tools">
          <h2 id="messages-title">{list.title}</h2>
          <ExportLink path={addressOf(`${list.path}.csv`, filters)} name={`${name}.csv`} unit={list.unit} />
          <Sections current={`/${name}`} />
        </div>
        <p className="muted about-list">
          {list.says} <ZoneNote />.
        </p>
        <FilterForm path={`/${name}`} fields={list.filters} values={filters} />
        <Problem text={problem} />
        {page === undefined && problem === undefined && <p className="notice muted">Loading the list.</p>}
        {page !== undefined && (
          <Section what="The list" retryOn={page}>
            <Totals list={list} name={name} filters={filters} shown={page.rows.length} />
            <RecordTable list={list} rows={page.rows} />
          </Section>
        )}
        <ListPages path={`/${name}`} filters={filters} page={page} isLater={isLater(search)} />
      </section>
    </main>
  );
}

interface TotalsProps {
  readonly list: MessageList;
  readonly name: MessageListName;
  readonly filters: Filters;
  /** Rows of the page. */
  readonly shown: number;
}

/** How many there are, and of which kinds; each kind leads to its rows. */
function Totals({ list, name, filters, shown }: TotalsProps) {
  const totals = useListTotals(list, filters);
  if (shown === 0) return null;
  const kinds = totals?.kinds ?? [];
  const kindFilter = name === 'outcomes' ? 'result' : 'type';
  return (
    <div className="list-sum message-sum">
      <span>
        {counted(totals?.count ?? shown, list.unit.one, list.unit.many)}
        {totals === undefined && ' shown'}
      </span>
      {kinds.length > 1 && (
        <ul className="kinds" aria-label="Of which kinds">
          {kinds.slice(0, shownKinds).map((kind) => (
            <li key={kind.name}>
              <Link href={hrefOf(`/${name}`, { ...filters, [kindFilter]: kind.name })}>{visibleText(kind.name, 60)}</Link>{' '}
              <span className="muted">{countText(kind.count)}</span>
            </li>
          ))}
          {kinds.length > shownKinds && <li className="muted">and {kinds.length - shownKinds} more kinds</li>}
        </ul>
      )}
    </div>
  );
}
