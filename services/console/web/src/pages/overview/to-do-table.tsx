import { Amount } from '../../components/amount.js';
import { Instant } from '../../components/instant.js';
import { Link } from '../../components/link.js';
import { failureText } from '../../format/failure-text.js';
import { countText, visibleText } from '../../format/text.js';
import { openLabels } from './labels.js';
import { pageOfList } from './page-of-list.js';
import type { ToDo } from './read-today.js';

/** What needs a person: one row per cause, the oldest first, each with its list. */
export function ToDoTable({ toDo }: { readonly toDo: readonly ToDo[] }) {
  if (toDo.length === 0) return <p className="muted">Nothing waits for a person.</p>;
  return (
    <table className="to-do-table">
      <thead>
        <tr>
          <th scope="col" className="number">
            How many
          </th>
          <th scope="col">What to do</th>
          <th scope="col" className="number">
            Money
          </th>
          <th scope="col">Oldest</th>
        </tr>
      </thead>
      <tbody>
        {toDo.map((row, index) => (
          <tr key={index}>
            <td className="number">{countText(row.sum.count)}</td>
            <th scope="row">
              <What row={row} />
              {row.example !== null && <div className="muted">{visibleText(failureText(row.example), 160)}</div>}
            </th>
            <td className="number">
              {row.sum.amounts.map((amount, place) => (
                <div key={place}>
                  <Amount amount={amount} />
                </div>
              ))}
            </td>
            <td>
              <Instant at={row.oldestAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function What({ row: { what, cause, sum, list } }: { readonly row: ToDo }) {
  const label = Object.hasOwn(openLabels, what) ? openLabels[what] : undefined;
  const words = label ? (sum.count === 1 ? label.one : label.many) : visibleText(what, 60);
  const text = cause === null ? words : `${words}: ${visibleText(cause, 60)}`;
  const href = pageOfList(list);
  return href === undefined ? <>{text}</> : <Link href={href}>{text}</Link>;
}
