import type { AmountView } from '@tributary/contracts';
import { csvText } from '@tributary/domain';

/** Text of a cell; null: the cell is empty. */
export type CsvCell = string | null;

/**
 * The file of a list: its header, its lines, and a last line that says how many rows it has. A file without that line broke off. Cells that a
 * spreadsheet would run as a formula are text.
 */
export class CsvSheet<Row> {
  readonly header: string;

  /** @param columns titles, with what stands below them. */
  constructor(private readonly columns: Readonly<Record<string, (row: Row) => CsvCell>>) {
    this.header = csvText([Object.keys(columns)]);
  }

  lines(rows: readonly Row[]): string {
    return csvText(rows.map((row) => Object.values(this.columns).map((cell) => cell(row))));
  }
}

/** Last line of a file. @param limit the most rows that a file may have, where the list has more. */
export function endLine(rows: number, limit?: number): string {
  if (limit === undefined) return csvText([['end of the list', `${rows} rows`]]);
  return csvText([['not the whole list', `${rows} rows; a file has at most ${limit}: narrow the filters`]]);
}

/** Decimal text; an amount that its currency cannot have says that it is in minor units. */
export function amountCell(amount: AmountView | null): CsvCell {
  if (amount === null) return null;
  return amount.exact ? amount.text : `${amount.minor} minor units`;
}

/** Cells of an amount and of its currency. @param title of the amount; the currency's title has it in front. */
export function amountColumns<Row>(title: string, amountOf: (row: Row) => AmountView | null): Record<string, (row: Row) => CsvCell> {
  return { [title]: (row) => amountCell(amountOf(row)), [`${title} currency`]: (row) => amountOf(row)?.currency ?? null };
}
