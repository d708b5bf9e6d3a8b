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
  /** What stays readable of JSON columns, beside what is encrypted: nobody's data that SQL needs. */
  readonly clear?: Readonly<Record<string, (value: unknown) => Readonly<Record<string, unknown>>>>;
  /** A text that stands in place of one that was overwritten. It is stored as it is, so that SQL knows it. */
  readonly overwritten?: string;
}

/** The place of a payload. @param row values of the key of the table, as text. */
export function payloadPlace({ table }: PayloadTable, column: string, row: readonly string[]): PayloadPlace {
  return { column: `${table}.${column}`, row };
}

/** Members of a JSON object that stay readable, for {@link PayloadTable.clear}. */
export function membersNamed(...names: readonly string[]): (value: unknown) => Record<string, unknown> {
  return (value) => {
    if (typeof value !== 'object' || value === null) return {};
    const given = value as Record<string, unknown>;
    return Object.fromEntries(names.filter((name) => Object.hasOwn(given, name)).map((name) => [name, given[name]]));
  };
}

/** What a column leaves readable of a JSON value. */
export function clearMembers({ clear }: PayloadTable, column: string, value: unknown): Readonly<Record<string, unknown>> {
  return clear?.[column]?.(value) ?? {};
}

/** SQL condition: a column of a row holds a payload. */
export function holdsPayloadSql({ columns, key, overwritten }: PayloadTable, column: string): string {
  const isText = columns[column] === 'text' && overwritten !== undefined;
  const named = key.map((one) => ` and ${one} is not null`).join(''); // what a payload is bound to
  return `${column} is not null${named}${isText ? ` and ${column} <> '${overwritten.replaceAll("'", "''")}'` : ''}`;
}
