import type { DatabaseClient } from '@tributary/persistence';
import { hasEnded, isUse } from '../decide/session-life.js';
import type { SessionLife } from '../decide/session-life.js';
import { recordEvent } from './identity-event.js';
import { personColumns, personTables, subjectOf } from './person.repository.js';
import type { Person } from './person.repository.js';
import { hashSecret, randomSecret } from './random-secret.js';

/** How somebody signed in. */
export type SignInMethod = 'password' | 'link' | 'oidc' | 'set-up';

/** A session that has not ended, with its person as they are now. */
export interface Session {
  /** The secret of the cookie. */
  readonly id: string;
  readonly method: SignInMethod;
  readonly person: Person;
  /** ms since 1970. */
  readonly startedAt: number;
  /** When it ends without further use, and whatever happens; ms since 1970. */
  readonly endsAt: number;
}

/** A session as its person sees it in a list. */
export interface OwnSession {
  /** Names the session without being its secret: a part of the hash of it, hex. */
  readonly id: string;
  readonly method: SignInMethod;
  readonly startedAt: Date;
  readonly usedAt: Date;
}

interface SessionRow extends Person {
  readonly method: SignInMethod;
  readonly startedAt: Date;
  readonly usedAt: Date;
}

/** Sessions of one person that are listed at most. */
const sessionsListed = 200;
/** 128 bits of the hash: enough to name a session, and too few to be taken for its stored key. */
const publicId = `encode(substring(id_hash for 16), 'hex')`;

/** The name of a session in the list of its person. @param id the secret of its cookie. */
export function listedIdOf(id: string): string {
  return hashSecret(id).subarray(0, 16).toString('hex');
}

/** Server-side sessions. What a browser holds is a random id; stored is its hash only. */
export class SessionRepository {
  constructor(
    private readonly database: DatabaseClient,
    private readonly life: SessionLife,
    private readonly now: () => number = () => Date.now(),
  ) {}

  /** Starts a session, and ends the one that the browser had before. @returns the secret for the cookie. */
  async start(
    personId: string,
    method: SignInMethod,
    options: { readonly before?: string | undefined; readonly idToken?: string; readonly address?: string } = {},
  ): Promise<string> {
    const id = randomSecret();
    const at = new Date(this.now());
    await this.database.transaction(async (query) => {
      if (options.before !== undefined) await query(`delete from console.session where id_hash = $1`, [hashSecret(options.before)]);
      // Those that ended by their age and were never signed out of are cleared away by the next sign-in.
      await query(`delete from console.session where started_at < $1 or used_at < $2`, [
        new Date(at.getTime() - this.life.absoluteMs),
        new Date(at.getTime() - this.life.idleMs),
      ]);
      await query(
        `insert into console.session (id_hash, person_id, method, started_at, used_at, id_token) values ($1, $2, $3, $4, $4, $5)`,
        [hashSecret(id), personId, method, at, options.idToken ?? null],
      );
      const subject = subjectOf(personId);
      await recordEvent(query, { event: 'session.started', subject, by: subject, detail: { method }, address: options.address });
    });
    return id;
  }

  /**
   * The session of a cookie; undefined when there is none, it has ended, or its person is locked out.
   * @param byPerson false for what the page asks by itself: it does not keep the session alive.
   */
  async find(id: string, byPerson = true): Promise<Session | undefined> {
    const [row] = await this.database.query<SessionRow>(
      `select s.method, s.started_at as "startedAt", s.used_at as "usedAt", ${personColumns}
       from console.session s, ${personTables} where s.id_hash = $1 and p.id = s.person_id`,
      [hashSecret(id)],
    );
    if (!row || row.locked) return undefined;
    const { method, startedAt, usedAt, ...person } = row;
    const times = { startedAt: startedAt.getTime(), usedAt: usedAt.getTime() };
    const now = this.now();
    if (hasEnded(times, now, this.life)) return undefined;
    if (isUse(times, now, byPerson)) {
      await this.database.query(`update console.session set used_at = $2 where id_hash = $1`, [hashSecret(id), new Date(now)]);
      times.usedAt = now;
    }
    return {
      id,
      method,
      person,
      startedAt: times.startedAt,
      endsAt: Math.min(times.startedAt + this.life.absoluteMs, times.usedAt + this.life.idleMs),
    };
  }

  /** Ends one session. @returns the ID token that it began with, for the sign-out at the identity provider. */
  async end(id: string, address?: string): Promise<string | undefined> {
    return this.database.transaction(async (query) => {
      const [row] = await query<{ idToken: string | null; personId: string }>(
        `with ended as (delete from console.session where id_hash = $1 returning id_token, person_id)
         select id_token as "idToken", person_id as "personId" from ended`,
        [hashSecret(id)],
      );
      if (!row) return undefined;
      const subject = subjectOf(row.personId);
      await recordEvent(query, { event: 'session.ended', subject, by: subject, address });
      return row.idToken ?? undefined;
    });
  }

  /** Sessions of a person that have not ended, the one used last first. */
  list(personId: string): Promise<OwnSession[]> {
    const now = this.now();
    return this.database.query<OwnSession>(
      `select ${publicId} as id, method, started_at as "startedAt", used_at as "usedAt" from console.session
       where person_id = $1 and started_at >= $2 and used_at >= $3 order by used_at desc, id limit ${sessionsListed}`,
      [personId, new Date(now - this.life.absoluteMs), new Date(now - this.life.idleMs)],
    );
  }

  /** Ends a session of a person by its name in the list. @returns false when they have no such session. */
  async endListed(personId: string, id: string, address?: string): Promise<boolean> {
    return this.database.transaction(async (query) => {
      const ended = await query(
        `with ended as (delete from console.session where person_id = $1 and ${publicId} = $2 returning 1) select from ended`,
        [personId, id],
      );
      if (ended.length === 0) return false;
      const subject = subjectOf(personId);
      await recordEvent(query, { event: 'session.ended', subject, by: subject, address });
      return true;
    });
  }

  /** Ends all sessions of a person. @param but the secret of one that stays. */
  async endAll(personId: string, but?: string): Promise<void> {
    await this.database.query(`delete from console.session where person_id = $1 and ($2::bytea is null or id_hash <> $2)`, [
      personId,
      but === undefined ? null : hashSecret(but),
    ]);
  }
}
