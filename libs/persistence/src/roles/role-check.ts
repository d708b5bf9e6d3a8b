import type { DataSource, QueryRunner } from 'typeorm';
import { rightsToTable, serviceRights } from './service-rights.js';
import type { ServiceRights, TableRight } from './service-rights.js';

type Queries = Pick<DataSource | QueryRunner, 'query'>;

/** What the role of a connection may do, compared with what its service needs. */
export interface RoleCheck {
  readonly role: string;
  /** Whether the schema belongs to another role, so that this one was meant to have the rights of its service and no more. */
  readonly isSeparate: boolean;
  /** Rights that it lacks: `update on recon.payment`. */
  readonly missing: readonly string[];
  /** What it could do beside its work: `make tables in schema recon`. */
  readonly excess: readonly string[];
}

interface Self {
  readonly role: string;
  readonly superuser: boolean;
  readonly createrole: boolean;
  readonly create: boolean;
}

/** Asks PostgreSQL about the role that is connected. */
export async function checkRole(database: Queries, rights: ServiceRights): Promise<RoleCheck> {
  const [self] = (await database.query(
    `select current_user as role, rolsuper as superuser, rolcreaterole as createrole,
       has_database_privilege(current_database(), 'create') as create from pg_roles where rolname = current_user`,
  )) as [Self];
  const schemas = await schemasOf(database, rights);
  const isOwner = schemas.some(({ schema, mine }) => schema === rights.schemas[0] && mine);
  const tables = await tablesOf(database, rights);
  const lacking = schemas.filter(({ usage, exists }) => exists && !usage).map(({ schema }) => `usage of schema ${schema}`);
  const missing = tables.flatMap(({ schema, name, granted }) =>
    rightsToTable(rights, schema, name).flatMap((right) => (granted.includes(right) ? [] : [`${right} on ${schema}.${name}`])),
  );
  return {
    role: self.role,
    isSeparate: !self.superuser ? !isOwner : !schemas.some(({ schema, isNamedOwner }) => schema === rights.schemas[0] && isNamedOwner),
    missing: isOwner ? [] : [...lacking, ...missing],
    excess: await excessOf(database, rights, { self, schemas, tables }),
  };
}

interface SchemaOfRole {
  readonly schema: string;
  readonly exists: boolean;
  readonly mine: boolean;
  readonly isNamedOwner: boolean;
  readonly usage: boolean;
  readonly create: boolean;
}

async function schemasOf(database: Queries, { schemas }: ServiceRights): Promise<SchemaOfRole[]> {
  return (await database.query(
    `select s as schema, n.oid is not null as exists, coalesce(pg_has_role(current_user, n.nspowner, 'member'), false) as mine,
       coalesce(pg_get_userbyid(n.nspowner) = current_user, false) as "isNamedOwner",
       coalesce(has_schema_privilege(n.oid, 'usage'), false) as usage, coalesce(has_schema_privilege(n.oid, 'create'), false) as create
     from unnest($1::text[]) s left join pg_namespace n on n.nspname = s`,
    [schemas],
  )) as SchemaOfRole[];
}

interface TableOfRole {
  readonly schema: string;
  readonly name: string;
  readonly granted: readonly TableRight[];
}

/** The tables of the schemas, read from the catalogue: a role without any right sees that they are there. */
async function tablesOf(database: Queries, { schemas }: ServiceRights): Promise<TableOfRole[]> {
  return (await database.query(
    `select n.nspname as schema, c.relname as name,
       array(select r from unnest(array['select', 'insert', 'update', 'delete', 'truncate']) r where has_table_privilege(c.oid, r)) as granted
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind in ('r', 'p') order by 1, 2`,
    [schemas],
  )) as TableOfRole[];
}

async function excessOf(
  database: Queries,
  rights: ServiceRights,
  found: { readonly self: Self; readonly schemas: readonly SchemaOfRole[]; readonly tables: readonly TableOfRole[] },
): Promise<string[]> {
  const { self, schemas, tables } = found;
  if (self.superuser) return ['everything: it is a superuser'];
  const foreign = serviceRights.flatMap((other) => other.schemas).filter((schema) => !rights.schemas.includes(schema));
  const readable = (await database.query(
    `select nspname as schema from pg_namespace where nspname = any($1) and has_schema_privilege(oid, 'usage') order by 1`,
    [foreign],
  )) as { schema: string }[];
  const owned = schemas
    .filter(({ mine }) => mine)
    .map(({ schema }) => `change and drop the tables of schema ${schema}, which belongs to it`);
  const making = schemas.filter(({ create, mine }) => create && !mine).map(({ schema }) => `make tables in schema ${schema}`);
  const more = tables
    .filter(({ schema }) => schemas.every((one) => one.schema !== schema || !one.mine))
    .flatMap(({ schema, name, granted }) => {
      const allowed = rightsToTable(rights, schema, name);
      return granted.filter((right) => !allowed.includes(right)).map((right) => `${right} on ${schema}.${name}`);
    });
  return [
    ...(self.createrole ? ['make roles'] : []),
    ...(self.create ? ['make schemas'] : []),
    ...owned,
    ...making,
    ...more,
    ...readable.map(({ schema }) => `read schema ${schema} of another service`),
  ];
}
