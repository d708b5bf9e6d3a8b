import type { Value } from './store.js';

/** One column of a table: what it takes, and what it holds in a new row. */
export interface Column {
  /** `decimal`: an amount with three decimals; `rate`: an exchange rate with ten. */
  readonly type: 'text' | 'int' | 'decimal' | 'rate' | 'bool' | 'date';
  /** Longest text, characters. */
  readonly max?: number;
  /** Must not be blank when a row is saved. */
  readonly required?: boolean;
  readonly initial?: Value;
}

/** A table as a service shows it. */
export interface Table {
  readonly name: string;
  readonly entitySet: string;
  /** Key columns after Company. */
  readonly key: readonly string[];
  readonly columns: Readonly<Record<string, Column>>;
}

/** Text of at most `max` characters. */
export const text = (max: number, more: Partial<Column> = {}): Column => ({ type: 'text', max, initial: '', ...more });
/** Text that must not be blank. */
export const required = (max: number): Column => text(max, { required: true });
/** A whole number. */
export const int: Column = { type: 'int', initial: 0 };
/** An amount. */
export const decimal: Column = { type: 'decimal', initial: 0 };
/** An exchange rate; 0: none given. */
export const rate: Column = { type: 'rate', initial: 0 };
/** A flag. */
export const bool: Column = { type: 'bool', initial: false };
/** A day, null when empty. */
export const date: Column = { type: 'date', initial: null };
/** A day that must be given. */
export const requiredDate: Column = { type: 'date', initial: null, required: true };

/** Kept by the server in every table: docs/reference/epicor-kinetic.md section 4.3 [verified]. */
export const system = { SysRevID: int, SysRowID: text(36) };
