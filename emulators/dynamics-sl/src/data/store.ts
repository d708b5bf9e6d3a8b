import { Store as KitStore } from '@tributary/emulator-kit';
import type { Transaction as KitTransaction } from '@tributary/emulator-kit';

/** A value of a column. Dates are ISO texts without zone. */
export type Value = string | number;
/** A row by column. */
export type Row = Record<string, Value>;
/** What a call reads and writes. */
export type Transaction = KitTransaction<Value>;

/** The emulator's data. */
export class Store extends KitStore<Value> {}
