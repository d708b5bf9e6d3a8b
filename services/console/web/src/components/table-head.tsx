/** Title of a column; `number`: of a column with figures; `hidden`: of one whose title nobody needs to see. */
export type ColumnTitle = string | { readonly number: string } | { readonly hidden: string };

/** What a title says. */
export function textOfTitle(title: ColumnTitle): string {
  if (typeof title === 'string') return title;
  return 'number' in title ? title.number : title.hidden;
}

/** The head of a table. */
export function TableHead({ titles }: { readonly titles: readonly ColumnTitle[] }) {
  return (
    <thead>
      <tr>
        {titles.map((title, index) => (
          <th key={index} scope="col" className={typeof title === 'object' && 'number' in title ? 'number' : undefined}>
            {typeof title === 'object' && 'hidden' in title ? <span className="hidden">{title.hidden}</span> : textOfTitle(title)}
          </th>
        ))}
      </tr>
    </thead>
  );
}
