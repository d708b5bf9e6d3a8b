import { useSearch } from '@tanstack/react-router';
import { Amount } from '../../components/amount.js';
import { Chip, labelOf } from '../../components/chip.js';
import { Link } from '../../components/link.js';
import { sumPerCurrency } from '../../format/amount.js';
import { addressPart, counted, countText, visibleText } from '../../format/text.js';
import { instantFrom, instantOf } from '../../format/time.js';
import { readAmount, readCount, readRecord, readText } from '../../recon/read-value.js';
import { hrefOf } from '../../shell/address.js';
import { Section } from '../../shell/section.js';
import { useTitle } from '../../shell/title.js';
import { useRecords } from './api.js';
import type { Row } from './api.js';
import { filterLabels, recordLists } from './labels.js';
import type { Column, RecordKind, RecordList } from './labels.js';

/** The page of one list of records. */
export function pageOf(kind: RecordKind) {
  return function Page() {
    return <RecordsPage kind={kind} search={useSearch({ strict: false })} />;
  };
}

interface Props {
  readonly kind: RecordKind;
  readonly search: Readonly<Record<string, string | undefined>>;
}

/** One list of recon other than payments: the rows behind a figure of the overview. */
function RecordsPage({ kind, search }: Props) {
  const list = recordLists[kind];
  const path = `/${kind}`;
  const filters = Object.fromEntries(list.filters.map((name) => [name, search[name] ?? null]));
  const after = search.after ?? null;
  const { data: page, problem } = useRecords(list, { ...filters, after });
  const active = Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== null);
  useTitle([list.title, ...active.map(([, value]) => value)].join(': '));

  return (
    <main>
      <section className="card list" aria-labelledby="records-title">
        <div className="bar-of-tools">
          <h2 id="records-title">{list.title}</h2>
        </div>
        {active.length > 0 && (
          <p className="filters">
            Only{' '}
            {active.map(([name, value]) => (
              <Link
                key={name}
                href={hrefOf(path, { ...filters, [name]: null })}
                label={`${labelOf(filterLabels, name)} ${visibleText(value)}: take this filter away`}
              >
                {labelOf(filterLabels, name)}: {visibleText(value, 80)} <span aria-hidden="true">×</span>
              </Link>
            ))}
          </p>
        )}
        {problem !== undefined && (
          <p className="notice bad" role="alert">
            {problem}
          </p>
        )}
        {page === undefined && problem === undefined && <p className="notice muted">Loading the list.</p>}
        {page !== undefined && (
          <Section what="The list" retryOn={page}>
            <RecordTable list={list} rows={page.rows} />
            {page.rows.length > 0 && (
              <p className="list-sum">
                {counted(page.rows.length, list.unit.one, list.unit.many)} shown
                <MoneyOf list={list} rows={page.rows} />
              </p>
            )}
          </Section>
        )}
        <nav className="pages" aria-label="Pages of the list">
          {after !== null && <Link href={hrefOf(path, filters)}>First page</Link>}
          {page?.next && <Link href={hrefOf(path, { ...filters, after: page.next })}>Next page</Link>}
        </nav>
      </section>
    </main>
  );
}

/** The rows of a list as a table. */
export function RecordTable({ list, rows }: { readonly list: RecordList; readonly rows: readonly Row[] }) {
  if (rows.length === 0) return <p className="notice muted">{list.none}</p>;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={list.title}>
      <table>
        <thead>
          <tr>
            {list.columns.map(({ title, as }) => (
              <th key={title} scope="col" className={as === 'amount' || as === 'count' ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {list.columns.map((column) => (
                <Cell key={column.title} column={column} value={row[column.field]} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ column, value }: { readonly column: Column; readonly value: unknown }) {
  const text = readText(value);
  switch (column.as) {
    case 'amount':
      return (
        <td className="number">
          <Amount amount={readAmount(value)} absent="not known" />
        </td>
      );
    case 'count':
      return <td className="number">{countText(readCount(value))}</td>;
    case 'time':
      return (
        <td>
          <time dateTime={instantFrom(text)}>{instantOf(text)}</time>
        </td>
      );
    case 'state':
      return (
        <td>
          <Chip labels={column.labels ?? {}} word={text} />
        </td>
      );
    case 'id':
      return <td className="id">{text === null ? '' : <code>{visibleText(text, 120)}</code>}</td>;
    case 'payment':
      return <td className="id">{text === null ? '' : <Link href={`/payments/${addressPart(text)}`}>{visibleText(text, 120)}</Link>}</td>;
    case 'letter':
      return <td className="id">{text === null ? '' : <Link href={`/letters/${addressPart(text)}`}>{visibleText(text, 120)}</Link>}</td>;
    case 'person':
      return <td className="name">{visibleText(readText(readRecord(value).name) ?? '', 80)}</td>;
    case 'text':
      return <td className="text">{text === null ? '' : visibleText(text)}</td>;
  }
}

function MoneyOf({ list, rows }: { readonly list: RecordList; readonly rows: readonly Row[] }) {
  const column = list.columns.find(({ as }) => as === 'amount');
  if (!column) return null;
  return sumPerCurrency(rows.map((row) => readAmount(row[column.field]))).map((amount, index) => (
    <span key={index}>
      {' · '}
      <Amount amount={amount} />
    </span>
  ));
}
