import { encryptedMember } from './payload-envelope.js';
import type { PayloadType } from './payload-envelope.js';
import type { PayloadPlace } from './payload-cipher.js';

/** A table with columns whose payloads are encrypted. Names are constants of the code. */
export interface PayloadTable {
  /** `schema.table`. */
  readonly table: string;
  /** Columns that name a row; they never change. Payloads are bound to their values as text. */
  readonly key: readonly string[];
  /** Encrypted columns and their types. */
  readonly columns: Readonly<Record<string, PayloadType>>;
  /** Members of JSON columns that stay readable: nobody's data that SQL needs. */
  readonly clear?: Readonly<Record<string, readonly string[]>>;
}

/** The place of a payload. @param row values of the key of the table, as text. */
export function payloadPlace({ table }: PayloadTable, column: string, row: readonly string[]): PayloadPlace {
  return { column: `${table}.${column}`, row };
}

/** The members of a JSON object that a column leaves readable. */
export function clearMembers({ clear }: PayloadTable, column: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  const given = value as Record<string, unknown>;
  const names = (clear?.[column] ?? []).filter((name) => name !== encryptedMember && Object.hasOwn(given, name));
  return Object.fromEntries(names.map((name) => [name, given[name]]));
}
