import { createHmac, randomBytes } from 'node:crypto';
import { isPayloadProblem, payloadPlace, payloadsOf } from '@tributary/persistence';
import type { PayloadTable } from '@tributary/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import type { LookupTerm } from '../decide/lookup-terms.js';

/**
 * The key of the hashes that payments are looked up by. recon makes it once, and stores it encrypted like a payload: so PostgreSQL never has
 * it, and the keys of payloads can be changed without making every hash again.
 */
export const lookupKeys: PayloadTable = { table: 'recon.lookup_key', key: ['id'], columns: { key: 'text' } };

const row = 'hmac-sha256';
const keyBytes = 32;
/** Bytes of a hash that are stored: enough that no two terms share one. */
const hashBytes = 16;
/** A key that could not be decrypted is tried again after this long, ms. */
const againAfterMs = 60_000;

interface Known {
  readonly key: Buffer | undefined;
  readonly until: number;
}
const known = new WeakMap<DataSource, Known>();

/**
 * Keyed hashes of terms (HMAC-SHA-256). Without the key nobody can try out addresses against a copy of the database.
 * @returns undefined where the key cannot be decrypted: nothing is found by such terms until its key of PAYLOAD_KEYS is back.
 */
export async function lookupHashes(database: DataSource | EntityManager, terms: readonly LookupTerm[]): Promise<string[] | undefined> {
  const key = await lookupKey(database);
  return (
    key &&
    terms.map(({ kind, text }) =>
      createHmac('sha256', key).update(`${kind}\0${text}`).digest().subarray(0, hashBytes).toString('base64url'),
    )
  );
}

async function lookupKey(database: DataSource | EntityManager): Promise<Buffer | undefined> {
  const source = 'dataSource' in database ? database.dataSource : database;
  const before = known.get(source);
  if (before && Date.now() < before.until) return before.key;
  const key = await readKey(source);
  known.set(source, { key, until: key ? Infinity : Date.now() + againAfterMs });
  return key;
}

/** Not in the transaction of a message: a key that one rolls back is known to nobody, while its hashes may be in use already. */
async function readKey(source: DataSource): Promise<Buffer | undefined> {
  const cipher = payloadsOf(source);
  const place = payloadPlace(lookupKeys, 'key', [row]);
  const stored = async (): Promise<string | undefined> =>
    (await source.query<{ key: string }[]>(`select key from recon.lookup_key where id = $1`, [row]))[0]?.key;
  let sealed = await stored();
  if (sealed === undefined) {
    const made = cipher.sealText(place, randomBytes(keyBytes).toString('base64'));
    await source.query(`insert into recon.lookup_key (id, key) values ($1, $2) on conflict do nothing`, [row, made]);
    sealed = await stored(); // another process may have been first
  }
  try {
    return sealed === undefined ? undefined : Buffer.from(cipher.openText(place, sealed), 'base64');
  } catch (error) {
    if (!isPayloadProblem(error)) throw error;
    return undefined;
  }
}
