/** Title of a column; `number`: of a column with figures. */
export type ColumnTitle = string | { readonly number: string };

/** The head of a table. */
export function TableHead({ titles }: { readonly titles: readonly ColumnTitle[] }) {
  return (
    <thead>
      <tr>
        {titles.map((title, index) => (
          <th key={index} scope="col" className={typeof title === 'string' ? undefined : 'number'}>
            {typeof title === 'string' ? title : title.number}
          </th>
        ))}
      </tr>
    </thead>
  );
}
