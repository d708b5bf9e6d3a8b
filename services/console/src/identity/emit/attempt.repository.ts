import { createHash } from 'node:crypto';
import { reportToAudit } from '@tributary/persistence';
import type { DatabaseClient } from '@tributary/persistence';
import { countAttempt, noAttempts } from '../decide/sign-in-limit.js';
import type { AttemptLimit } from '../decide/sign-in-limit.js';

/** What attempts are counted of. */
export interface AttemptKey {
  readonly kind: 'name' | 'address';
  readonly value: string;
  readonly limit: AttemptLimit;
}

/** Rows of names and addresses that were tried last before this are cleared away, ms. */
const forgetAfterMs = 24 * 3_600_000;

/** Counts attempts to sign in, for all instances of the console together. */
export class AttemptRepository {
  constructor(
    private readonly database: DatabaseClient,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /**
   * Counts an attempt before it is made.
   * @returns whether it may be made, and whether it is the last one for a while unless it succeeds. The lock of an address is told to the audit trail.
   */
  count({ kind, value, limit }: AttemptKey): Promise<{ readonly allowed: boolean; readonly locks: boolean }> {
    const key = keyOf(kind, value);
    const now = this.now();
    return this.database.transaction(async (query) => {
      await query(`delete from console.attempts where changed_at < $1`, [new Date(now - forgetAfterMs)]);
      await query(
        `insert into console.attempts (key, failed_at, locked_until, changed_at) values ($1, '[]', to_timestamp(0), $2) on conflict do nothing`,
        [key, new Date(now)],
      );
      const [row] = await query<{ failedAt: number[]; lockedUntil: Date }>(
        `select failed_at as "failedAt", locked_until as "lockedUntil" from console.attempts where key = $1 for update`,
        [key],
      );
      const before = row ? { failedAt: row.failedAt, lockedUntil: row.lockedUntil.getTime() } : noAttempts;
      const { allowed, after } = countAttempt(before, now, limit);
      if (allowed)
        await query(`update console.attempts set failed_at = $2, locked_until = $3, changed_at = $4 where key = $1`, [
          key,
          JSON.stringify(after.failedAt),
          new Date(after.lockedUntil),
          new Date(now),
        ]);
      const locks = allowed && after.lockedUntil > now;
      if (locks && kind === 'address')
        await reportToAudit(query, 'console', {
          subject: 'nobody',
          name: 'nobody',
          action: 'sign-in.locked',
          object: 'person:unknown',
          details: { limit: 'address' },
          address: value,
        });
      return { allowed, locks };
    });
  }

  /** Forgets the attempts of a name whose person has signed in. Those of an address stay counted: others may try from there. */
  async forget(kind: AttemptKey['kind'], value: string): Promise<void> {
    await this.database.query(`delete from console.attempts where key = $1`, [keyOf(kind, value)]);
  }
}

/** Hashed: what is typed as a name may be a password. */
function keyOf(kind: string, value: string): string {
  return `${kind}:${createHash('sha256').update(value).digest('base64url')}`;
}
