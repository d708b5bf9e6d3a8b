import { timingSafeEqual } from 'node:crypto';
import type { DatabaseClient } from '@tributary/persistence';
import { hashSecret, randomSecret } from './random-secret.js';

/** The code that allows the first person to be added. It exists only while there is nobody. */
export class SetUpCodeRepository {
  constructor(private readonly database: DatabaseClient) {}

  /**
   * Makes the code valid, in place of the one before, unless there is somebody already.
   * @param given code of the configuration; undefined: a new one.
   * @returns the code; undefined when nothing is left to set up.
   */
  async make(given: string | undefined): Promise<string | undefined> {
    const code = given ?? randomSecret();
    const made = await this.database.query(
      `insert into console.set_up_code (one, code_hash) select 1, $1 where not exists (select from console.person)
       on conflict (one) do update set code_hash = excluded.code_hash returning 1`,
      [hashSecret(code)],
    );
    return made.length > 0 ? code : undefined;
  }

  /** Whether this is the code. It stays valid until the first person is added. */
  async isRight(code: string): Promise<boolean> {
    const [row] = await this.database.query<{ codeHash: Buffer }>(
      `select code_hash as "codeHash" from console.set_up_code where not exists (select from console.person)`,
      [],
    );
    return row !== undefined && timingSafeEqual(row.codeHash, hashSecret(code));
  }
}
