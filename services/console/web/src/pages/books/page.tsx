import type { ColumnTitle } from '../../components/table-head.js';
import { Amount } from '../../components/amount.js';
import { Instant, ZoneNote } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { ListTable } from '../../components/list-table.js';
import { visibleText } from '../../format/text.js';
import { useRead } from '../../shell/query.js';
import { useTitle } from '../../shell/title.js';
import { readBooks } from './read-books.js';
import type { Books } from './read-books.js';

/** Columns that hold no amounts. */
const textColumns = new Set(['Currency', 'Target', 'Account']);

/** The books: clearing accounts beside Stripe's balance, and the trial balance. Read again when the figures change. */
export function BooksPage() {
  useTitle('Books');
  const { data: books, problem } = useRead('/api/books', {}, readBooks);
  return (
    <main>
      <section className="card" aria-labelledby="books-title">
        <div className="bar-of-tools">
          <h2 id="books-title">Books</h2>
          <ZoneNote />
        </div>
        {[...(problem === undefined ? [] : [problem]), ...(books?.problems ?? [])].map((text, index) => (
          <p className="notice bad" role="alert" key={index}>
            {visibleText(text)}
          </p>
        ))}
        {books && (
          <p>
            Unbalanced documents: {books.unbalanced ?? 'unknown'}
            {books.asOf !== null && (
              <>
                {' '}
                · ledgers and Stripe were read <Instant at={books.asOf} />
              </>
            )}
          </p>
        )}
        {!books && problem === undefined && <p className="muted">Reading the books.</p>}
        <p>
          <Link href="/documents">How each document compares with the entries of the ledger</Link>
        </p>
      </section>
      {books && <ClearingTable books={books} />}
      {books && <TrialBalance books={books} />}
    </main>
  );
}

function ClearingTable({ books }: { readonly books: Books }) {
  const hasTargets = books.clearing.some(({ target }) => target !== '');
  return (
    <section className="card" aria-labelledby="clearing-title">
      <h2 id="clearing-title">Clearing</h2>
      <p className="muted">
        The clearing account of each currency, less Stripe's balance and what is in flight: 0 when nothing is under way.
      </p>
      <ListTable
        labelledBy="clearing-title"
        titles={columnTitles([...(hasTargets ? ['Target'] : []), 'Currency', 'Ledger', 'Stripe', 'In flight', 'Difference'])}
      >
        <tbody>
          {books.clearing.map((row, index) => (
            <tr key={index}>
              {hasTargets && <td>{visibleText(row.target)}</td>}
              <th scope="row">{visibleText(row.currency)}</th>
              {[row.ledger, row.stripe, row.inFlight, row.difference].map((amount, column) => (
                <td key={column} className="number">
                  <Amount amount={amount} absent="unknown" />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </ListTable>
    </section>
  );
}

function TrialBalance({ books }: { readonly books: Books }) {
  return (
    <section className="card" aria-labelledby="trial-title">
      <h2 id="trial-title">Trial balance</h2>
      <ListTable labelledBy="trial-title" titles={columnTitles(['Target', 'Account', 'Currency', 'Debit', 'Credit'])}>
        <tbody>
          {books.trialBalance.map((row, index) => (
            <tr key={index}>
              <td>{visibleText(row.target)}</td>
              <td>{visibleText(row.account)}</td>
              <td>{visibleText(row.currency)}</td>
              <td className="number">
                <Amount amount={row.debit} absent="unknown" />
              </td>
              <td className="number">
                <Amount amount={row.credit} absent="unknown" />
              </td>
            </tr>
          ))}
        </tbody>
      </ListTable>
    </section>
  );
}

/** Titles of columns: all but those of texts have figures below them. */
function columnTitles(titles: readonly string[]): ColumnTitle[] {
  return titles.map((title) => (textColumns.has(title) ? title : { number: title }));
}
