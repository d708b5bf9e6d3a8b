import { Amount } from '../../components/amount.js';
import { Chip } from '../../components/chip.js';
import { CopyId } from '../../components/copy-id.js';
import { Link } from '../../components/link.js';
import { ListBody, rowCountOf } from '../../components/list-body.js';
import { ListTable } from '../../components/list-table.js';
import { countText, visibleText } from '../../format/text.js';
import { instantFrom, instantOf } from '../../format/time.js';
import { sent } from '../../api/sent.js';
import type { Sent } from '../../api/sent.js';
import { readAmount, readCount, readRow, readText } from '../../recon/read-value.js';
import type { Row } from '../../recon/read-value.js';
import type { Column, RecordList } from './record-list.js';

/** The rows of a list as a table. */
export function RecordTable({
  list,
  rows,
}: {
  readonly list: Pick<RecordList, 'title' | 'columns' | 'none'>;
  readonly rows: readonly Row[];
}) {
  if (rows.length === 0) return <p className="notice muted">{list.none}</p>;
  return (
    <ListTable
      label={list.title}
      rowCount={rowCountOf(rows.length)}
      titles={list.columns.map(({ title, as }) => (as === 'amount' || as === 'count' ? { number: title } : title))}
    >
      <ListBody
        count={rows.length}
        draw={(index, attributes) => (
          <tr key={index} {...attributes}>
            {list.columns.map((column) => (
              <Cell key={column.title} column={column} value={sent(rows[index]?.[column.field])} />
            ))}
          </tr>
        )}
      />
    </ListTable>
  );
}

function Cell({ column, value }: { readonly column: Column; readonly value: Sent<never> }) {
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
      return <td className="id">{text === null || text === '' ? '' : <CopyId id={text}>{leading(column, text)}</CopyId>}</td>;
    case 'person':
      return <td className="name">{visibleText(readText(sent(readRow(value).name)) ?? '', 80)}</td>;
    case 'link':
      return <td className="text">{text === null || text === '' ? '' : leading(column, text)}</td>;
    case 'text':
      return <td className="text">{text === null ? '' : visibleText(text)}</td>;
  }
}

/** A value that leads to its page; without one it is shown as it is. */
function leading({ leadsTo }: Column, text: string) {
  const shown = <code>{visibleText(text, 120)}</code>;
  const href = leadsTo?.(text);
  return href === undefined ? shown : <Link href={href}>{shown}</Link>;
}
