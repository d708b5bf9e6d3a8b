import { randomUUID } from 'node:crypto';
import type { Grant, Identity } from '@tributary/identity';
import type { DatabaseClient } from '@tributary/persistence';
import { sameGrants, uniqueGrants } from '../decide/group-grants.js';
import { recordEvent } from './identity-event.js';
import { personColumns, personIdOf, personTables, subjectOf } from './person.repository.js';
import type { Person } from './person.repository.js';
import { revokeSubject } from './revocation.repository.js';

/** Who gave a grant: an admin, or the groups of the identity provider, which replace theirs at every sign-in. */
export type GrantSource = 'admin' | 'oidc';

/** A person who is added. */
export interface NewPerson {
  /** Only for somebody whom a token names already. */
  readonly id?: string;
  readonly name: string;
  readonly login?: string;
  readonly external?: { readonly issuer: string; readonly subject: string };
  readonly grants: readonly Grant[];
}

/** A change that would leave nobody who manages people. */
export class LastAdminError extends Error {}

type Query = DatabaseClient['query'];

/** Adds and changes people. A change of what somebody may do ends their sessions and withdraws their tokens, in the same transaction. */
export class PeopleDirectory {
  constructor(
    private readonly database: DatabaseClient,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @returns undefined when the sign-in name or the person exists already. */
  add(person: NewPerson, by: string): Promise<Person | undefined> {
    return this.database.transaction((query) => addPerson(query, person, by, this.now()));
  }

  /** Adds a person if there is nobody yet. @returns undefined when there is somebody. */
  addFirst(person: NewPerson, by: string): Promise<Person | undefined> {
    return this.database.transaction(async (query) => {
      await lockPeople(query);
      const somebody = await query(`select from console.person limit 1`, []);
      return somebody.length > 0 ? undefined : addPerson(query, person, by, this.now());
    });
  }

  /**
   * Adds the person whom a token of this console names and its tables do not know: the first token of an installation is made with the
   * console's key before the console runs. Whoever holds that key could name anybody in any case.
   */
  adopt({ subject, name, grants }: Identity): Promise<Person | undefined> {
    const id = personIdOf(subject);
    return id === undefined ? Promise.resolve(undefined) : this.add({ id, name, login: id.toLowerCase(), grants }, subject);
  }

  /** Ends all sessions of a person and withdraws their tokens. */
  signOutEverywhere(id: string, by: string): Promise<void> {
    return this.database.transaction(async (query) => {
      await endAccess(query, id, this.now());
      await recordEvent(query, { event: 'person.signed-out-everywhere', subject: subjectOf(id), by });
    });
  }

  /** Replaces the grants that admins gave. @returns undefined when there is no such person. @throws {LastAdminError} */
  async setGrants(id: string, grants: readonly Grant[], by: string): Promise<Person | undefined> {
    return this.change(id, async (query, before) => {
      await replaceGrants(query, id, 'admin', grants, by, this.now());
      const after = await personIn(query, id);
      if (after && !sameGrants(before.grants, after.grants)) {
        await endAccess(query, id, this.now());
        await recordEvent(query, {
          event: 'person.grants-changed',
          subject: subjectOf(id),
          by,
          detail: { before: before.grants, after: after.grants },
        });
      }
    });
  }

  /** Locks somebody out, or lets them in again. @returns undefined when there is no such person. @throws {LastAdminError} */
  async setLocked(id: string, locked: boolean, by: string): Promise<Person | undefined> {
    return this.change(id, async (query, before) => {
      if (before.locked === locked) return;
      await query(`update console.person set locked_at = $2 where id = $1`, [id, locked ? this.now() : null]);
      if (locked) await endAccess(query, id, this.now());
      await recordEvent(query, { event: locked ? 'person.locked' : 'person.unlocked', subject: subjectOf(id), by });
    });
  }

  /**
   * The person of an account at the identity provider, with the grants that its groups give now. A person who lost or got one has their
   * other sessions and tokens ended.
   */
  signedInAt(issuer: string, subject: string, name: string, grants: readonly Grant[]): Promise<Person> {
    return this.database.transaction(async (query) => {
      await lockPeople(query);
      const [known] = await query<{ id: string }>(`select id from console.person where issuer = $1 and issuer_subject = $2`, [
        issuer,
        subject,
      ]);
      if (!known) {
        const added = await addPerson(query, { name, external: { issuer, subject }, grants }, 'oidc', this.now());
        if (!added) throw new Error('a person of the identity provider could not be added');
        return added;
      }
      const before = await personIn(query, known.id);
      await query(`update console.person set name = $2 where id = $1`, [known.id, name]);
      await replaceGrants(query, known.id, 'oidc', grants, 'oidc', this.now());
      const after = await personIn(query, known.id);
      if (!before || !after) throw new Error('a person of the identity provider is gone');
      if (sameGrants(before.grants, after.grants)) return after;
      await endAccess(query, known.id, this.now());
      const detail = { before: before.grants, after: after.grants };
      await recordEvent(query, { event: 'person.grants-changed', subject: subjectOf(known.id), by: 'oidc', detail });
      return after;
    });
  }

  private change(id: string, work: (query: Query, before: Person) => Promise<void>): Promise<Person | undefined> {
    return this.database.transaction(async (query) => {
      await lockPeople(query);
      const before = await personIn(query, id);
      if (!before) return undefined;
      await work(query, before);
      await requireAdmin(query);
      return personIn(query, id);
    });
  }
}

/** One change of people at a time, so that two admins cannot lock each other out. */
async function lockPeople(query: Query): Promise<void> {
  await query(`select pg_advisory_xact_lock(hashtext('tributary people'))`, []);
}

async function personIn(query: Query, id: string): Promise<Person | undefined> {
  const [person] = await query<Person>(`select ${personColumns} from ${personTables} where p.id = $1`, [id]);
  return person;
}

async function addPerson(query: Query, person: NewPerson, by: string, now: Date): Promise<Person | undefined> {
  const id = person.id ?? randomUUID();
  const { name, login, external, grants } = person;
  const added = await query(
    `insert into console.person (id, name, created_at, created_by, issuer, issuer_subject) values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
    [id, name, now, by, external?.issuer ?? null, external?.subject ?? null],
  );
  if (added.length === 0) return undefined;
  if (login !== undefined) {
    const named = await query(
      `insert into console.credential (person_id, login, changed_at) values ($1, $2, $3) on conflict do nothing returning 1`,
      [id, login, now],
    );
    if (named.length === 0) {
      await query(`delete from console.person where id = $1`, [id]);
      return undefined;
    }
  }
  await replaceGrants(query, id, external ? 'oidc' : 'admin', grants, by, now);
  await recordEvent(query, { event: 'person.added', subject: subjectOf(id), by, detail: { name, grants } });
  return personIn(query, id);
}

async function replaceGrants(query: Query, id: string, source: GrantSource, grants: readonly Grant[], by: string, at: Date): Promise<void> {
  await query(`delete from console.person_grant where person_id = $1 and source = $2`, [id, source]);
  for (const { role, target } of uniqueGrants(grants))
    await query(
      `insert into console.person_grant (person_id, role, target, source, granted_by, granted_at) values ($1, $2, $3, $4, $5, $6)`,
      [id, role, target, source, by, at],
    );
}

async function endAccess(query: Query, id: string, now: Date): Promise<void> {
  await query(`delete from console.session where person_id = $1`, [id]);
  await query(`delete from console.sign_in_link where person_id = $1`, [id]);
  await revokeSubject(query, subjectOf(id), now);
}

async function requireAdmin(query: Query): Promise<void> {
  const admins = await query(
    `select from console.person p join console.person_grant g on g.person_id = p.id and g.role = 'admin' and g.target = '*' where p.locked_at is null limit 1`,
    [],
  );
  if (admins.length === 0) throw new LastAdminError('nobody would be left who manages people');
}
