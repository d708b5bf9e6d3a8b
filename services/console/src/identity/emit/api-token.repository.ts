import type { DatabaseClient } from '@tributary/persistence';
import { recordEvent } from './identity-event.js';
import { subjectOf } from './person.repository.js';
import { revokeToken } from './revocation.repository.js';

/** An API token as it is listed: the token itself is stored nowhere. */
export interface ApiToken {
  readonly id: string;
  readonly personId: string;
  readonly personName: string;
  readonly name: string;
  /** Permissions that it may use at most. */
  readonly scope: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly withdrawnAt: Date | null;
}

/** Tokens of one person that are neither expired nor withdrawn. */
export const tokensPerPerson = 50;
/** Tokens that are listed although nobody may use them any more. */
const listedOfTheOthers = 200;

const columns = `t.id, t.person_id as "personId", p.name as "personName", t.name, t.scope, t.created_at as "createdAt",
  t.expires_at as "expiresAt",
  coalesce(t.withdrawn_at, (select to_timestamp(r.issued_before) from console.revocation r where r.kind = 'subject'
    and r.key = 'person:' || t.person_id and r.issued_before > extract(epoch from t.created_at))) as "withdrawnAt"`;

/** Records of API tokens. */
export class ApiTokenRepository {
  constructor(
    private readonly database: DatabaseClient,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Records a token before it is handed out. @returns false when the person has too many. */
  add(token: Pick<ApiToken, 'id' | 'personId' | 'name' | 'scope' | 'expiresAt'>, by: string): Promise<boolean> {
    const now = this.now();
    return this.database.transaction(async (query) => {
      await query(`select from console.person where id = $1 for update`, [token.personId]);
      const [held] = await query<{ count: number }>(
        `select count(*)::int as count from console.api_token where person_id = $1 and expires_at > $2 and withdrawn_at is null`,
        [token.personId, now],
      );
      if ((held?.count ?? 0) >= tokensPerPerson) return false;
      await query(`insert into console.api_token (id, person_id, name, scope, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)`, [
        token.id,
        token.personId,
        token.name,
        JSON.stringify(token.scope),
        now,
        token.expiresAt,
      ]);
      const { id, name, scope, expiresAt } = token;
      await recordEvent(query, { event: 'token.made', subject: subjectOf(token.personId), by, detail: { id, name, scope, expiresAt } });
      return true;
    });
  }

  /** Every token that may still be used, and the newest of the others; of one person or of all, the newest first. */
  list(personId: string | undefined): Promise<ApiToken[]> {
    const mayBeUsed = (row: string): string => `(${row}.withdrawn_at is null and ${row}.expires_at > $2)`;
    return this.database.query<ApiToken>(
      `select ${columns} from console.api_token t join console.person p on p.id = t.person_id
       where ($1::text is null or t.person_id = $1) and (${mayBeUsed('t')} or t.id in (
         select o.id from console.api_token o where ($1::text is null or o.person_id = $1) and not ${mayBeUsed('o')}
         order by o.created_at desc, o.id limit ${listedOfTheOthers})) order by t.created_at desc, t.id`,
      [personId ?? null, this.now()],
    );
  }

  /** Withdraws a token. @param personId whose it has to be; undefined: anybody's. @returns false when there is no such token. */
  withdraw(id: string, personId: string | undefined, by: string): Promise<boolean> {
    const now = this.now();
    return this.database.transaction(async (query) => {
      const [token] = await query<{ personId: string; expiresAt: Date; withdrawn: boolean }>(
        `select person_id as "personId", expires_at as "expiresAt", withdrawn_at is not null as withdrawn from console.api_token
         where id = $1 and ($2::text is null or person_id = $2) for update`,
        [id, personId ?? null],
      );
      if (!token) return false;
      if (token.withdrawn) return true;
      await query(`update console.api_token set withdrawn_at = $2 where id = $1`, [id, now]);
      await revokeToken(query, id, token.expiresAt);
      await recordEvent(query, { event: 'token.withdrawn', subject: subjectOf(token.personId), by, detail: { id } });
      return true;
    });
  }
}
