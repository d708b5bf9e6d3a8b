import type { DataSource } from 'typeorm';
import { builtExports } from '../built.js';
import { idOf } from './ids.js';

/** E-mail address of whoever made payment `n`. */
export const emailOf = (n: number): string => `person${n}@example.test`;
/** Order reference of payment `n`. */
export const orderOf = (n: number): string => `web-${n}`;

interface Hashing {
  lookupHashes(
    database: DataSource,
    terms: readonly { readonly kind: 'email' | 'order'; readonly text: string }[],
  ): Promise<string[] | undefined>;
}

/** Gives those payments the hashes that recon would have made of their texts; all others have hashes that nobody asks for. */
export async function storeKnownTexts(database: DataSource, payments: readonly number[]): Promise<void> {
  const { lookupHashes } = await builtExports<Hashing>('recon/dist', ['shared/emit/lookup-hashes.js']);
  for (const n of payments) {
    const hashes = await lookupHashes(database, [
      { kind: 'email', text: emailOf(n) },
      { kind: 'order', text: orderOf(n) },
    ]);
    if (!hashes) throw new Error('recon has no key to make hashes with');
    await database.query(`update recon.payment set lookup_hashes = $2 where charge_id = $1`, [idOf('ch', n), hashes]);
  }
}
