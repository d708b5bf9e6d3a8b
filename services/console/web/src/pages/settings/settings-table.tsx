import { ListTable } from '../../components/list-table.js';
import type { ReactNode } from 'react';
import { visibleText } from '../../format/text.js';

interface Props {
  readonly label: string;
  readonly head: readonly string[];
  /** Texts as they came, or what was drawn already. */
  readonly rows: readonly (readonly ReactNode[])[];
}

/** Names and values of a service as a table that is read, not worked with. */
export function SettingsTable({ label, head, rows }: Props) {
  if (rows.length === 0) return <p className="notice muted">Loading.</p>;
  return (
    <ListTable label={label} titles={head}>
      <tbody>
        {rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, at) => (
              <td key={at} className={at === row.length - 1 ? 'wrapped' : undefined}>
                {typeof cell === 'string' ? visibleText(cell, 500) : cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </ListTable>
  );
}
