import { parse } from 'csv-parse/sync';
import type { AssetProblem } from '../problem.js';
import type { AssetFile } from './asset-reader.js';

/** One row of a CSV file with its line number. */
export interface CsvRow {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The rows of a CSV file, including the header; empty after a problem. */
export function csvRowsOf(file: AssetFile, problems: AssetProblem[]): CsvRow[] {
  try {
    return parse(file.text, { info: true, bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }) as unknown as CsvRow[];
  } catch (error) {
    problems.push({
      path: file.path,
      line: (error as { lines?: number }).lines ?? 1,
      column: 1,
      message: `expected CSV: ${error instanceof Error ? error.message : String(error)}`,
    });
    return [];
  }
}

/** The name of a table: its file name without folder and `.csv`. */
export function tableNameOf(path: string): string {
  return (path.split('/').at(-1) ?? path).replace(/\.csv$/, '');
}
