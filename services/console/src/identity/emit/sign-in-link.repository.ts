import type { DatabaseClient } from '@tributary/persistence';
import { recordEvent } from './identity-event.js';
import { subjectOf } from './person.repository.js';
import { hashSecret, randomSecret } from './random-secret.js';

/** How long a one-time link may be used, ms. */
export const linkLivesMs = 15 * 60_000;

/** A link that signs somebody in once. */
export interface SignInLink {
  readonly code: string;
  readonly expiresAt: Date;
}

/** One-time links for signing in. */
export class SignInLinkRepository {
  constructor(
    private readonly database: DatabaseClient,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** A new link for a person. Those that were made for them before stop working. */
  async make(personId: string, by: string): Promise<SignInLink> {
    const code = randomSecret();
    const expiresAt = new Date(this.now() + linkLivesMs);
    await this.database.transaction(async (query) => {
      await query(`delete from console.sign_in_link where person_id = $1 or expires_at < $2`, [personId, new Date(this.now())]);
      await query(`insert into console.sign_in_link (code_hash, person_id, made_by, expires_at) values ($1, $2, $3, $4)`, [
        hashSecret(code),
        personId,
        by,
        expiresAt,
      ]);
      await recordEvent(query, { event: 'person.link-made', subject: subjectOf(personId), by });
    });
    return { code, expiresAt };
  }

  /** Uses a link up. @returns the id of its person; undefined when it does not exist, was used or is too old. */
  async use(code: string): Promise<string | undefined> {
    const [row] = await this.database.query<{ personId: string }>(
      `with used as (delete from console.sign_in_link l using console.person p
         where l.code_hash = $1 and p.id = l.person_id and p.locked_at is null returning l.person_id, l.expires_at)
       select person_id as "personId" from used where expires_at > $2`,
      [hashSecret(code), new Date(this.now())],
    );
    return row?.personId;
  }
}
