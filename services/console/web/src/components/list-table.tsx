import type { CSSProperties, ReactNode } from 'react';
import { TableHead, textOfTitle } from './table-head.js';
import type { ColumnTitle } from './table-head.js';

interface Props {
  /** Its name; or the id of the element that names it. */
  readonly label?: string;
  readonly labelledBy?: string;
  readonly titles: readonly ColumnTitle[];
  readonly className?: string;
  /** Rows of the whole list, where not all of them are drawn. */
  readonly rowCount?: number | undefined;
  /** The body of the table, and what stands below it. */
  readonly children: ReactNode;
}

/** A table with so many columns needs more room than a tablet has. */
const manyColumns = 7;

/** A table of any room. Where it has too little room, as on a phone, each row is a block of lines, with the title of its column before each value (`components.css`): nothing scrolls sideways. */
export function ListTable({ label, labelledBy, titles, className, rowCount, children }: Props) {
  return (
    <div
      className={[
        'scroll',
        'list-table',
        ...(titles.length >= manyColumns ? ['wide'] : []),
        ...(className === undefined ? [] : [className]),
      ].join(' ')}
      tabIndex={0}
      role="region"
      aria-label={label}
      aria-labelledby={labelledBy}
    >
      <table style={titlesOf(titles)} aria-rowcount={rowCount === undefined ? undefined : rowCount + 1}>
        <TableHead titles={titles} />
        {children}
      </table>
    </div>
  );
}

/** The titles as texts of the style sheet, by place: cells of a narrow table show them. */
function titlesOf(titles: readonly ColumnTitle[]): CSSProperties {
  const named = titles.map((title, index) => [
    `--title-${index + 1}`,
    JSON.stringify(typeof title === 'object' && 'hidden' in title ? '' : `${textOfTitle(title)}: `),
  ]);
  return Object.fromEntries(named) as CSSProperties;
}
