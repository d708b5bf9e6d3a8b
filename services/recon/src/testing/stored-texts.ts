import type { DataSource } from 'typeorm';

/** Every column of every table of a schema that holds the text somewhere, as `table.column`, sorted. Bytes are read as text. */
export async function columnsWith(database: DataSource, schema: string, text: string): Promise<string[]> {
  const columns = await database.query<{ table: string; column: string; type: string }[]>(
    `select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name) where c.table_schema = $1 and t.table_type = 'BASE TABLE'`,
    [schema],
  );
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const shown = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const [row] = await database.query<{ holds: boolean }[]>(
      `select exists (select from ${schema}."${table}" where position($1 in ${shown}) > 0) as holds`,
      [text],
    );
    if (row?.holds === true) found.push(`${table}.${column}`);
  }
  return found.sort();
}
