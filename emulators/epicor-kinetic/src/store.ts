import { Store as KitStore } from '@tributary/emulator-kit';
import type { Transaction as KitTransaction } from '@tributary/emulator-kit';
import { readJson } from './exact-json.js';
import type { RawNumber } from './exact-json.js';

/** A value of a column. */
export type Value = string | number | boolean | null | RawNumber;
/** A row by column. */
export type Row = Record<string, Value>;
/** What a call reads and writes. */
export type Transaction = KitTransaction<Value>;

/** The emulator's data. Numbers keep their digits. */
export class Store extends KitStore<Value> {
  constructor(folder?: string, fsync = false) {
    super(folder, fsync, readJson);
  }
}
