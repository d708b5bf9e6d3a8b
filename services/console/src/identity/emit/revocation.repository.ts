import type { DatabaseClient } from '@tributary/persistence';

/** What was withdrawn, as services poll it. */
export interface Revocations {
  /** Ids (`jti`) of tokens. */
  readonly tokens: readonly string[];
  /** Subjects whose tokens that were issued before a time (s since 1970) are refused. */
  readonly subjects: readonly { readonly subject: string; readonly issuedBefore: number }[];
}

/** Longest life of a token, ms: what was withdrawn longer ago has expired by itself. */
export const longestTokenMs = 366 * 24 * 3_600_000;

/** Refuses all tokens of a subject that were issued until now. Within the transaction of what makes them invalid. */
export async function revokeSubject(query: DatabaseClient['query'], subject: string, now: Date): Promise<void> {
  // Times of tokens are whole seconds, so one that is issued within this second is refused as well.
  const issuedBefore = Math.floor(now.getTime() / 1_000) + 1;
  await query(
    `insert into console.revocation (kind, key, issued_before, until) values ('subject', $1, $2, $3)
     on conflict (kind, key) do update set issued_before = greatest(console.revocation.issued_before, excluded.issued_before), until = excluded.until`,
    [subject, issuedBefore, new Date(now.getTime() + longestTokenMs)],
  );
}

/** Refuses one token. @param until when it expires. */
export async function revokeToken(query: DatabaseClient['query'], id: string, until: Date): Promise<void> {
  await query(`insert into console.revocation (kind, key, until) values ('token', $1, $2) on conflict do nothing`, [id, until]);
}

/** Reads what was withdrawn and has not expired. */
export class RevocationRepository {
  constructor(private readonly database: DatabaseClient) {}

  async current(now: Date): Promise<Revocations> {
    const rows = await this.database.query<{ kind: string; key: string; issuedBefore: string | null }>(
      `select kind, key, issued_before as "issuedBefore" from console.revocation where until > $1 order by kind, key`,
      [now],
    );
    return {
      tokens: rows.flatMap(({ kind, key }) => (kind === 'token' ? [key] : [])),
      subjects: rows.flatMap(({ kind, key, issuedBefore }) =>
        kind === 'subject' ? [{ subject: key, issuedBefore: Number(issuedBefore) }] : [],
      ),
    };
  }
}
