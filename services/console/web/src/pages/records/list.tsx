import { addressOf } from '../../api/address.js';
import { sent } from '../../api/sent.js';
import { Amount } from '../../components/amount.js';
import { ExportLink } from '../../components/export-link.js';
import { FilterForm } from '../../components/filter-form.js';
import { ZoneNote } from '../../components/instant.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { sumPerCurrency } from '../../format/amount.js';
import { counted } from '../../format/text.js';
import { readAmount } from '../../recon/read-value.js';
import type { Row } from '../../recon/read-value.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useRecords, useRecordTotals } from './api.js';
import { recordLists } from './labels.js';
import type { RecordKind } from './labels.js';
import type { RecordList } from './record-list.js';
import { RecordTable } from './table.js';

interface Props {
  readonly kind: RecordKind;
  readonly search: Readonly<Record<string, string | undefined>>;
}

/** One list of recon with everything that a list has: filters, totals, a file, pages in both directions. */
export function RecordListSection({ kind, search }: Props) {
  const list = recordLists[kind];
  const path = `/${kind}`;
  const filters = Object.fromEntries(list.filters.map(({ name }) => [name, search[name] ?? null]));
  const { after = null, before = null } = search;
  const { data: page, problem } = useRecords(list, { ...filters, after, before });
  useTitle([list.title, ...Object.values(filters).filter((value) => value !== null)].join(': '));

  return (
    <section className="card list" aria-labelledby="records-title">
      <div className="bar-of-tools">
        <h2 id="records-title">{list.title}</h2>
        <ZoneNote />
        {list.file !== undefined && <ExportLink path={addressOf(list.file, filters)} name={`${kind}.csv`} unit={list.unit} />}
      </div>
      {list.filters.length > 0 && <FilterForm path={path} fields={list.filters} values={filters} />}
      <Problem text={problem} />
      {page === undefined && problem === undefined && <p className="notice muted">Loading the list.</p>}
      {page !== undefined && (
        <Section what="The list" retryOn={page}>
          <ListSums list={list} filters={filters} rows={page.rows} isWhole={after === null && before === null && page.next === null} />
          <RecordTable list={list} rows={page.rows} />
        </Section>
      )}
      <ListPages path={path} filters={filters} page={page} isLater={isLater(search)} />
    </section>
  );
}

interface SumsProps {
  readonly list: RecordList;
  readonly filters: Readonly<Record<string, string | null>>;
  readonly rows: readonly Row[];
  readonly isWhole: boolean;
}

/** Count and money of the whole list where recon sums it, else of the shown rows. */
function ListSums({ list, filters, rows, isWhole }: SumsProps) {
  const total = useRecordTotals(list, filters);
  if (rows.length === 0) return null;
  const column = list.columns.findLast(({ as }) => as === 'amount');
  const shown = column ? sumPerCurrency(rows.map((row) => readAmount(sent(row[column.field])))) : [];
  return (
    <p className="list-sum">
      {counted(total?.count ?? rows.length, list.unit.one, list.unit.many)}
      {total === undefined && !isWhole && ' shown'}
      {(total?.amounts ?? shown).map((amount, index) => (
        <span key={index}>
          {' · '}
          <Amount amount={amount} />
        </span>
      ))}
    </p>
  );
}
