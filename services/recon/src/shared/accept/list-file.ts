import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { endLine } from '../decide/csv-sheet.js';
import type { CsvSheet } from '../decide/csv-sheet.js';

/** Most rows of one file. A spreadsheet holds 1,048,576. */
export const mostRowsOfFile = 1_000_000;
/** Rows that are in memory at once. */
const pageSize = 500;

/** Some rows of a list, and the cursor of the next ones. */
interface Rows<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

/** A list as a file. */
export interface ListFile<Row> {
  /** Name of the file without its ending. */
  readonly name: string;
  readonly sheet: CsvSheet<Row>;
  /** Reads the rows that follow a cursor; those of the beginning without one. */
  readonly read: (page: { readonly limit: number; readonly after?: string | undefined }) => Promise<Rows<Row>>;
}

/**
 * All rows of a list as a CSV file that is read while it is sent. Its first rows are read before the answer begins, so that an error is an
 * answer. @param mostRows where the file ends, and says that it is not the whole list.
 */
export async function listFile<Row>(file: ListFile<Row>, mostRows = mostRowsOfFile): Promise<StreamableFile> {
  const limit = Math.min(pageSize, mostRows);
  const first = await file.read({ limit });
  return new StreamableFile(Readable.from(pieces(file, first, { limit, mostRows })), {
    type: 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${file.name}.csv"`,
  });
}

async function* pieces<Row>(
  { sheet, read }: ListFile<Row>,
  first: Rows<Row>,
  { limit, mostRows }: { readonly limit: number; readonly mostRows: number },
): AsyncGenerator<string> {
  let page = first;
  let count = page.rows.length;
  yield sheet.header + sheet.lines(page.rows);
  while (page.next !== null && count < mostRows) {
    page = await read({ limit: Math.min(limit, mostRows - count), after: page.next });
    count += page.rows.length;
    yield sheet.lines(page.rows);
  }
  yield page.next === null ? endLine(count) : endLine(count, mostRows);
}
