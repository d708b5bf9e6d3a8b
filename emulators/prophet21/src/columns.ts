import type { Value } from './store.js';

/** One column of a table: what it takes, and what it holds in a new row. */
export interface Column {
  readonly type: 'text' | 'decimal' | 'int' | 'datetime';
  /** Longest text, characters. */
  readonly max?: number;
  /** Of a decimal. */
  readonly decimals?: number;
  readonly initial?: Value;
}

/** A table as OData shows it. */
export interface Table {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** Text of at most `max` characters. */
export const text = (max: number, initial: Value = null): Column => ({ type: 'text', max, initial });
/** A flag, Y or N. */
export const flag = (initial: 'Y' | 'N' = 'N'): Column => text(1, initial);
/** A number of a document or of a record: decimal(19,0). */
export const id: Column = { type: 'decimal', decimals: 0, initial: null };
/** An amount: decimal(19,4). */
export const amount: Column = { type: 'decimal', decimals: 4, initial: 0 };
/** A whole number. */
export const int: Column = { type: 'int', initial: null };
/** A day and time of the database server, without zone. */
export const datetime: Column = { type: 'datetime', initial: null };

/** Kept by the server in every table: docs/reference/prophet21.md section 14 [verified columns]. */
export const maintained = { date_created: datetime, date_last_modified: datetime, last_maintained_by: text(30) };
