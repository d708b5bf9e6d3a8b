import type { AssetProblem } from '../problem.js';
import type { AssetFile } from './asset-reader.js';
import { csvRowsOf, tableNameOf } from './csv-rows.js';

/** A table of keys and values. Its name is the file name without folder and `.csv`. */
export interface LookupTable {
  readonly name: string;
  readonly path: string;
  readonly rows: ReadonlyMap<string, string>;
}

/** Largest number of rows in one table. */
export const maxLookupRows = 100_000;

/** Reads a CSV file with the header `key,value`; further columns are comments. Invalid rows become problems with their line. */
export function lookupTableOf(file: AssetFile, problems: AssetProblem[]): LookupTable {
  const name = tableNameOf(file.path);
  const rows = new Map<string, string>();
  const problem = (line: number, message: string): void => void problems.push({ path: file.path, line, column: 1, message });
  const parsed = csvRowsOf(file, problems);
  const [header, ...records] = parsed;
  if (header && (header.record[0] !== 'key' || header.record[1] !== 'value'))
    problem(1, `expected the header "key,value"; got "${header.record.join(',')}"`);
  if (!header && file.text.trim() === '') problem(1, 'expected the header "key,value" and rows');
  if (records.length > maxLookupRows) problem(1, `expected at most ${maxLookupRows} rows; there are ${records.length}`);
  for (const { record, info } of records) {
    const [key, value] = record;
    if (!key || value === undefined) problem(info.lines, 'expected a key and a value');
    else if (rows.has(key)) problem(info.lines, `expected each key once; "${key}" is there again`);
    else rows.set(key, value);
  }
  return { name, path: file.path, rows };
}
