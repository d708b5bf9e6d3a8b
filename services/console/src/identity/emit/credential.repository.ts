import type { DatabaseClient } from '@tributary/persistence';
import { recordEvent } from './identity-event.js';
import { subjectOf } from './person.repository.js';
import { hashSecret } from './random-secret.js';

/** Writes passwords of people, as hashes. */
export class CredentialRepository {
  constructor(
    private readonly database: DatabaseClient,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** A new password: all other sessions of the person end. @param keep secret of the session that stays. */
  async setPassword(personId: string, hash: string, by: string, keep?: string): Promise<void> {
    await this.database.transaction(async (query) => {
      await query(`update console.credential set hash = $2, changed_at = $3 where person_id = $1`, [personId, hash, this.now()]);
      await query(`delete from console.session where person_id = $1 and ($2::bytea is null or id_hash <> $2)`, [
        personId,
        keep === undefined ? null : hashSecret(keep),
      ]);
      await recordEvent(query, { event: 'password.changed', subject: subjectOf(personId), by });
    });
  }

  /** The same password, hashed with today's cost. Not when it was changed meanwhile. */
  async rehash(personId: string, before: string, hash: string): Promise<void> {
    await this.database.query(`update console.credential set hash = $3 where person_id = $1 and hash = $2`, [personId, before, hash]);
  }
}
