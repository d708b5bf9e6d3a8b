import type { ReactNode } from 'react';
import { ListBody, rowCountOf } from '../../components/list-body.js';
import type { Selection } from './use-selection.js';

/** A column of a list of the desk. */
export interface Column<Row> {
  readonly title: string;
  readonly number?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** How a row is called, for those who cannot see it. */
  readonly nameOf: (row: Row) => string;
  readonly selection: Selection;
}

/** A table whose rows can be selected. The first link of a row opens it. */
export function SelectableTable<Row>({ name, rows, columns, keyOf, nameOf, selection }: Props<Row>) {
  const keys = rows.map(keyOf);
  const said = rowCountOf(rows.length);
  return (
    <div className="scroll desk-table" tabIndex={0} role="region" aria-label={name}>
      <table aria-rowcount={said === undefined ? undefined : said + 1}>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label="Select all that are shown"
                checked={keys.length > 0 && keys.every((key) => selection.keys.has(key))}
                onChange={() => selection.toggleAll(keys)}
              />
            </th>
            {columns.map(({ title, number }) => (
              <th key={title} scope="col" className={number ? 'number' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <ListBody
          count={rows.length}
          draw={(index, attributes) => {
            const row = rows[index];
            const key = keys[index] ?? '';
            return (
              row && (
                <tr key={`${index} ${key}`} data-key={key} aria-selected={selection.keys.has(key)} {...attributes}>
                  <td>
                    <input
                      type="checkbox"
                      aria-label={`Select ${nameOf(row)}`}
                      checked={selection.keys.has(key)}
                      onChange={() => selection.toggle(key)}
                    />
                  </td>
                  {columns.map(({ title, number, cell }) => (
                    <td key={title} data-title={title} className={number ? 'number' : undefined}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              )
            );
          }}
        />
      </table>
    </div>
  );
}
