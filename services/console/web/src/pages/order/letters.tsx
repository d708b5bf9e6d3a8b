import { Amount } from '../../components/amount.js';
import { Link } from '../../components/link.js';
import { isLater, ListPages } from '../../components/list-pages.js';
import { Problem } from '../../components/problem.js';
import { ListTable } from '../../components/list-table.js';
import { wordOf } from '../../components/chip.js';
import { addressPart, counted, visibleText } from '../../format/text.js';
import { useOrderLetters } from '../../orders/api.js';
import { resultText } from '../../orders/labels.js';
import type { Order, OrderedLetter } from '../../orders/read-order.js';
import { hrefOf } from '../../shell/address.js';

const kinds = [
  { kind: 'failed', label: 'Failed again', count: ({ failed }: Order) => failed },
  { kind: 'stopped', label: 'Not dispatched', count: ({ stopped }: Order) => stopped },
  { kind: 'waiting', label: 'To go', count: ({ pending, given }: Order) => pending + given },
  { kind: 'done', label: 'Done', count: ({ done }: Order) => done },
] as const;

const itemStates: Readonly<Record<string, string>> = { pending: 'not dispatched yet', given: 'dispatched', stopped: 'not dispatched' };

interface Props {
  readonly order: Order;
  readonly kind: string | null;
  /** Which page of them. */
  readonly at: { readonly after: string | null; readonly before: string | null };
}

/** The letters of an order by what came of them; those that failed again come first. */
export function OrderLetters({ order, kind, at }: Props) {
  const chosen = kinds.find((one) => one.kind === kind) ?? kinds.find(({ count }) => count(order) > 0) ?? kinds[3];
  const { data: page, problem } = useOrderLetters(order, chosen.kind, at);
  const path = `/orders/${addressPart(order.id)}`;
  return (
    <section className="card" aria-labelledby="order-letters">
      <div className="bar-of-tools">
        <h2 id="order-letters">Its letters</h2>
        <nav className="segments" aria-label="Letters by what came of them">
          {kinds.map((one) => (
            <Link key={one.kind} href={hrefOf(path, { kind: one.kind })} current={one.kind === chosen.kind}>
              {one.label} {one.count(order)}
            </Link>
          ))}
        </nav>
      </div>
      <Problem text={problem} />
      {page === undefined && problem === undefined && <p className="notice muted">Loading the letters.</p>}
      {page && (page.rows.length === 0 ? <p className="notice muted">None.</p> : <Rows rows={page.rows} />)}
      <ListPages path={path} filters={{ kind: chosen.kind }} page={page} isLater={isLater(at)} label="Pages of the letters" />
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly OrderedLetter[] }) {
  return (
    <>
      <ListTable
        className="desk-table"
        label="Letters of the order"
        titles={['Letter', 'Sequence', 'Cause', { number: 'Money' }, 'What came of it']}
      >
        <tbody>
          {rows.map((row, index) => (
            <tr key={`${index} ${row.letter}`}>
              <td>
                <LetterLink id={row.letter} />
              </td>
              <td className="id">
                <code>{visibleText(row.sequence, 60)}</code>
              </td>
              <td>
                <code>{visibleText(row.cause, 60)}</code>
              </td>
              <td className="number">
                <Amount amount={row.money} absent="not known" />
              </td>
              <td>
                {row.result === null ? wordOf(itemStates, row.state, 30) : resultText(visibleText(row.result, 80))}
                {row.document !== null && `, as ${visibleText(row.document, 200)}`}
                {row.again !== null && (
                  <>
                    {' as '}
                    <LetterLink id={row.again} />
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </ListTable>
      <p className="hidden">{counted(rows.length, 'letter')} shown</p>
    </>
  );
}

function LetterLink({ id }: { readonly id: string }) {
  return (
    <Link href={`/letters/${addressPart(id)}`}>
      <code>{visibleText(id, 40)}</code>
    </Link>
  );
}
