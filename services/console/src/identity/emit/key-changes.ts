import { createHash, KeyObject } from 'node:crypto';
import type { KeySet } from '@tributary/identity';
import type { DatabaseClient } from '@tributary/persistence';
import { recordEvent } from './identity-event.js';

/** Records when the public keys that tokens are verified with are others than before, also when they were exchanged while no console ran. */
export class KeyChanges {
  private seen: KeySet | undefined;

  constructor(
    private readonly database: DatabaseClient,
    private readonly keys: () => Promise<KeySet>,
  ) {}

  /** Compares the keys of now with those of the last record. */
  async note(): Promise<void> {
    const keys = await this.keys();
    if (keys === this.seen) return;
    const now = fingerprints(keys);
    await this.database.transaction(async (query) => {
      await query(`select pg_advisory_xact_lock(hashtext('tributary identity keys'))`, []);
      const [last] = await query<{ keys: string[] }>(
        `select detail->'keys' as keys from console.identity_event where event = 'key.changed' order by id desc limit 1`,
        [],
      );
      const before = last?.keys ?? [];
      const [added, removed] = [now.filter((key) => !before.includes(key)), before.filter((key) => !now.includes(key))];
      if (added.length + removed.length === 0) return;
      await recordEvent(query, {
        event: 'key.changed',
        subject: 'key:identity',
        by: 'service:console',
        detail: { keys: now, added, removed },
      });
    });
    this.seen = keys;
  }
}

/** The issuer of each key with a digest of it, in order. */
function fingerprints(keys: KeySet): string[] {
  return [...keys]
    .flatMap(([issuer, those]) =>
      those.map((key) => {
        const der = KeyObject.from(key).export({ format: 'der', type: 'spki' });
        return `${issuer} sha256:${createHash('sha256').update(der).digest('hex').slice(0, 32)}`;
      }),
    )
    .sort();
}
