/** A row by column. */
type Row<Value> = Record<string, Value>;
/** One table's one row after a transaction; null: deleted. */
export type Put<Value> = readonly [table: string, key: string, row: Row<Value> | null];

/**
 * What a call reads and writes. Nothing is visible to others, or on disk, before its end. `Value`: what a column may hold; numbers at least,
 * for counters.
 */
export class Transaction<Value> {
  private readonly own = new Map<string, Map<string, Row<Value> | null>>();

  constructor(
    private readonly below: {
      row(table: string, key: string): Row<Value> | undefined;
      entries(table: string): Iterable<readonly [string, Row<Value>]>;
    },
  ) {}

  /** A copy of the row. */
  row(table: string, key: string): Row<Value> | undefined {
    const own = this.own.get(table)?.get(key);
    if (own === null) return undefined;
    const found = own ?? this.below.row(table, key);
    return found && { ...found };
  }

  /** Rows in the order they were first stored; not to be changed: `row` gives a copy. */
  rows(table: string): Readonly<Row<Value>>[] {
    return [...this.entries(table)].map(([, row]) => row);
  }

  /** The same with their keys. */
  *entries(table: string): Iterable<readonly [string, Row<Value>]> {
    const own = this.own.get(table);
    for (const [key, row] of this.below.entries(table)) {
      const mine = own?.get(key);
      if (mine !== null) yield [key, mine ?? row];
    }
    for (const [key, row] of own ?? []) if (row && !this.below.row(table, key)) yield [key, row];
  }

  put(table: string, key: string, row: Row<Value> | null): void {
    let rows = this.own.get(table);
    if (!rows) this.own.set(table, (rows = new Map()));
    rows.set(key, row === null ? null : { ...row });
  }

  /** The next number of a counter that starts at `first`. */
  next(counter: string, first: number): number {
    const value = Number(this.row('counter', counter)?.value ?? first - 1) + 1;
    this.put('counter', counter, { value: value as Value });
    return value;
  }

  /** Runs `work` on top of this transaction; when it throws, what it wrote is dropped. */
  nested<T>(work: (inner: Transaction<Value>) => T): T {
    const inner = new Transaction<Value>(this);
    const result = work(inner);
    for (const [table, key, row] of inner.puts()) this.put(table, key, row);
    return result;
  }

  puts(): Put<Value>[] {
    return [...this.own].flatMap(([table, rows]) => [...rows].map(([key, row]): Put<Value> => [table, key, row]));
  }
}
