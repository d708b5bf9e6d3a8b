/** A value of a column. Dates are ISO texts without zone. */
export type Value = string | number;
/** A row by column. */
export type Row = Record<string, Value>;
/** One table's one row after a transaction; null: deleted. */
export type Put = readonly [table: string, key: string, row: Row | null];

/** What a call reads and writes. Nothing is visible to others, or on disk, before its end. */
export class Transaction {
  private readonly own = new Map<string, Map<string, Row | null>>();

  constructor(
    private readonly below: { row(table: string, key: string): Row | undefined; entries(table: string): Iterable<readonly [string, Row]> },
  ) {}

  /** A copy of the row. */
  row(table: string, key: string): Row | undefined {
    const own = this.own.get(table)?.get(key);
    if (own === null) return undefined;
    const found = own ?? this.below.row(table, key);
    return found && { ...found };
  }

  /** Rows in the order they were first stored; not to be changed: `row` gives a copy. */
  rows(table: string): Readonly<Row>[] {
    const own = this.own.get(table) ?? new Map<string, Row | null>();
    const rows: Row[] = [];
    for (const [key, row] of this.below.entries(table)) {
      const mine = own.get(key);
      if (mine !== null) rows.push(mine ?? row);
    }
    for (const [key, row] of own) if (row && !this.below.row(table, key)) rows.push(row);
    return rows;
  }

  put(table: string, key: string, row: Row | null): void {
    let rows = this.own.get(table);
    if (!rows) this.own.set(table, (rows = new Map()));
    rows.set(key, row === null ? null : { ...row });
  }

  /** The next number of a counter that starts at `first`. */
  next(counter: string, first: number): number {
    const value = Number(this.row('counter', counter)?.value ?? first - 1) + 1;
    this.put('counter', counter, { value });
    return value;
  }

  puts(): Put[] {
    return [...this.own].flatMap(([table, rows]) => [...rows].map(([key, row]): Put => [table, key, row]));
  }
}
