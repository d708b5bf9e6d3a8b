import type { RawNumber } from './exact-json.js';

/** A value of a column. */
export type Value = string | number | boolean | null | RawNumber;
/** A row by column. */
export type Row = Record<string, Value>;

/** One table's one row after a transaction; null: deleted. */
export type Put = readonly [table: string, key: string, row: Row | null];

/** What a call reads and writes. Nothing is visible to others, or on disk, before its end. */
export class Transaction {
  private readonly own = new Map<string, Map<string, Row | null>>();

  constructor(private readonly below: { row(table: string, key: string): Row | undefined; keys(table: string): Iterable<string> }) {}

  /** A copy of the row. */
  row(table: string, key: string): Row | undefined {
    const own = this.own.get(table)?.get(key);
    if (own === null) return undefined;
    const found = own ?? this.below.row(table, key);
    return found && { ...found };
  }

  keys(table: string): Iterable<string> {
    const own = this.own.get(table);
    if (!own) return this.below.keys(table);
    const all = new Set([...this.below.keys(table), ...own.keys()]);
    return [...all].filter((key) => own.get(key) !== null);
  }

  /** Rows in the order they were first stored; not to be changed: `row` gives a copy. */
  rows(table: string): Readonly<Row>[] {
    const own = this.own.get(table);
    return [...this.keys(table)].map((key) => own?.get(key) ?? (this.below.row(table, key) as Readonly<Row>));
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

  /** Runs `work` on top of this transaction; when it throws, what it wrote is dropped. */
  nested<T>(work: (inner: Transaction) => T): T {
    const inner = new Transaction(this);
    const result = work(inner);
    for (const [table, key, row] of inner.puts()) this.put(table, key, row);
    return result;
  }

  puts(): Put[] {
    return [...this.own].flatMap(([table, rows]) => [...rows].map(([key, row]): Put => [table, key, row]));
  }
}
