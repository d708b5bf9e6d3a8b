import { keysetPage, pageStart } from '@tributary/domain';
import type { KeysetPage, PageRequest } from '@tributary/domain';
import { roles } from '@tributary/identity';
import type { Grant, Permission } from '@tributary/identity';
import type { DatabaseClient } from '@tributary/persistence';

/** A person as the tables know them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** Name for signing in with a password; null for people of the identity provider. */
  readonly login: string | null;
  /** Issuer of the identity provider; null for people of this installation. */
  readonly issuer: string | null;
  readonly hasPassword: boolean;
  readonly locked: boolean;
  readonly grants: readonly Grant[];
}

/** Columns of a {@link Person}, from `console.person p` and its credential `c`. */
export const personColumns = `p.id, p.name, p.issuer, c.login, c.hash is not null as "hasPassword", p.locked_at is not null as locked,
  coalesce((select jsonb_agg(g order by g.role, g.target) from (select distinct role, target from console.person_grant
    where person_id = p.id) g), '[]') as grants`;

/** Tables that {@link personColumns} reads. */
export const personTables = `console.person p left join console.credential c on c.person_id = p.id`;

const pageSize = 200;

/** The subject of a person in tokens and in the audit trail. */
export function subjectOf(personId: string): string {
  return `person:${personId}`;
}

/** The id of a person from a subject; undefined for services and for `local`. */
export function personIdOf(subject: string): string | undefined {
  return /^person:(.+)$/.exec(subject)?.[1];
}

/** Reads people. */
export class PersonRepository {
  constructor(private readonly database: DatabaseClient) {}

  async find(id: string): Promise<Person | undefined> {
    const [found] = await this.database.query<Person>(`select ${personColumns} from ${personTables} where p.id = $1`, [id]);
    return found;
  }

  /** @param login as `loginOf` gives it. */
  async findByLogin(login: string): Promise<(Person & { readonly hash: string | null }) | undefined> {
    const [found] = await this.database.query<Person & { hash: string | null }>(
      `select ${personColumns}, c.hash from ${personTables} where c.login = $1`,
      [login],
    );
    return found;
  }

  /** A page of people in the order of their names; its cursors are ids. */
  async list(page: PageRequest): Promise<KeysetPage<Person>> {
    const { cursor, beyond, order, rows } = pageStart(page, 'asc');
    const people = await this.database.query<Person>(
      `select ${personColumns} from ${personTables}
       where $1::text is null or (p.name, p.id) ${beyond} (select name, id from console.person where id = $1) order by p.name ${order}, p.id ${order} limit $2`,
      [cursor ?? null, rows],
    );
    return keysetPage(page, people, ({ id }) => id);
  }

  /** The first people in the order of their names who may do something for at least one target, and are not locked out. */
  async whoMay(permission: Permission): Promise<Pick<Person, 'id' | 'name'>[]> {
    const able = Object.entries(roles).flatMap(([role, own]) => ((own as readonly Permission[]).includes(permission) ? [role] : []));
    return this.database.query<Pick<Person, 'id' | 'name'>>(
      `select p.id, p.name from console.person p where p.locked_at is null
         and exists (select from console.person_grant g where g.person_id = p.id and g.role = any($1)) order by p.name, p.id limit $2`,
      [able, pageSize],
    );
  }

  async isEmpty(): Promise<boolean> {
    const [row] = await this.database.query<{ some: boolean }>(`select exists (select from console.person) as some`, []);
    return row?.some !== true;
  }
}
