import { parse } from 'csv-parse/sync';
import type { AssetProblem } from '../problem.js';
import type { AssetFile } from './asset-reader.js';

/** Key -> value. The name is that of its file without folder and `.csv`. */
export interface LookupTable {
  readonly name: string;
  readonly path: string;
  readonly rows: ReadonlyMap<string, string>;
}

interface Row {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Rows that one table may have. */
export const maxLookupRows = 100_000;

/** Reads a CSV with the header `key,value` (more columns are comments). Bad rows are problems with their line. */
export function lookupTableOf(file: AssetFile, problems: AssetProblem[]): LookupTable {
  const name = (file.path.split('/').at(-1) ?? file.path).replace(/\.csv$/, '');
  const rows = new Map<string, string>();
  const problem = (line: number, message: string): void => void problems.push({ path: file.path, line, column: 1, message });
  let parsed: Row[] = [];
  try {
    parsed = parse(file.text, { info: true, bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as Row[];
  } catch (error) {
    problem((error as { lines?: number }).lines ?? 1, `expected CSV: ${error instanceof Error ? error.message : String(error)}`);
    return { name, path: file.path, rows };
  }
  const [header, ...records] = parsed;
  if (header && (header.record[0] !== 'key' || header.record[1] !== 'value'))
    problem(1, `expected the header "key,value"; got "${header.record.join(',')}"`);
  if (!header) problem(1, 'expected the header "key,value" and rows');
  if (records.length > maxLookupRows) problem(1, `expected at most ${maxLookupRows} rows; there are ${records.length}`);
  for (const { record, info } of records) {
    const [key, value] = record;
    if (!key || value === undefined) problem(info.lines, 'expected a key and a value');
    else if (rows.has(key)) problem(info.lines, `expected each key once; "${key}" is there again`);
    else rows.set(key, value);
  }
  return { name, path: file.path, rows };
}
