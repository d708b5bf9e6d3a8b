import type { DataSource, EntityManager } from 'typeorm';
import { PayloadCipher } from './payload-cipher.js';

const ciphers = new WeakMap<DataSource, PayloadCipher>();

/** Payloads that are stored over a data source are encrypted by this cipher. `createDataSource` calls it. */
export function encryptPayloads(database: DataSource, cipher: PayloadCipher): void {
  ciphers.set(database, cipher);
}

/**
 * The cipher of a data source, or of one of its transactions: encryption belongs to the connection, so that no code that stores payloads can
 * be made without it. Without keys it encrypts nothing.
 */
export function payloadsOf(database: DataSource | EntityManager): PayloadCipher {
  const source = 'dataSource' in database ? database.dataSource : database;
  const known = ciphers.get(source) ?? new PayloadCipher();
  ciphers.set(source, known);
  return known;
}
