/** Runs a statement on the database that is searched. */
export type ScanQuery = <Row>(sql: string, parameters?: unknown[]) => Promise<Row[]>;

/**
 * Columns of a schema in which a text stands, whatever their type: as it is, in base64 wherever it begins, or in hexadecimal digits. For tests
 * of what is stored.
 * @param text of letters, digits and spaces only, at least 8 of them.
 * @returns `schema.table.column`, sorted.
 */
export async function columnsHolding(query: ScanQuery, schema: string, text: string): Promise<string[]> {
  const columns = await query<{ table: string; column: string; type: string }>(
    `select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
     join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = $1 and t.table_type = 'BASE TABLE' order by 1, 2`,
    [schema],
  );
  const found: string[] = [];
  for (const { table, column, type } of columns) {
    const read = type === 'bytea' ? `encode("${column}", 'escape')` : `"${column}"::text`;
    const [row] = await query<{ holds: boolean }>(
      `select exists (select from "${schema}"."${table}" where ${read} ilike any($1)) as holds`,
      [spellings(text).map((each) => `%${each}%`)],
    );
    if (row?.holds) found.push(`${schema}.${table}.${column}`);
  }
  return found;
}

/** Base64 of a text depends on where in three bytes it begins; letters at its ends depend on what stands beside it. */
function spellings(text: string): string[] {
  const inBase64 = [0, 1, 2].map((before) => {
    const encoded = Buffer.from(`${'\0'.repeat(before)}${text}`).toString('base64');
    const [from, to] = [before === 0 ? 0 : before + 1, Math.floor(((text.length + before) * 8) / 6)];
    return encoded.slice(from, to);
  });
  return [text, Buffer.from(text).toString('hex'), ...inBase64];
}
