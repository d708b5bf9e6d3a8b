/** Where a payload is stored: `schema.table.column`, and the key of its row as text. */
export interface StoredAt {
  readonly column: string;
  readonly row: readonly string[];
}

/** Encrypts what is parked. `PayloadCipher` of libs/persistence is one. */
export interface ParkedCipher {
  sealBytes(place: StoredAt, bytes: Buffer): Buffer;
  openBytes(place: StoredAt, stored: Buffer): Buffer;
  sealJson(place: StoredAt, json: string): string;
  openJson(place: StoredAt, stored: unknown): unknown;
}

/** Encrypts nothing. */
export const plainParking: ParkedCipher = {
  sealBytes: (_, bytes) => bytes,
  openBytes: (_, stored) => stored,
  sealJson: (_, json) => json,
  openJson: (_, stored) => stored,
};

/** The table of a schema that holds parked messages, its key, and the columns that are encrypted, with their types. */
export function parkedPayloads(schema: string): {
  readonly table: string;
  readonly key: readonly string[];
  readonly columns: { readonly key: 'bytea'; readonly value: 'bytea'; readonly headers: 'jsonb' };
} {
  const key = ['consumer_group', 'topic', 'partition', 'message_offset'];
  return { table: `${schema}.ladder_parked`, key, columns: { key: 'bytea', value: 'bytea', headers: 'jsonb' } };
}
