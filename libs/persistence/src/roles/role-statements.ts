import { rowRights } from './service-rights.js';
import type { ServiceRights } from './service-rights.js';

/** A name as SQL takes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * Statements by which the owner of the schemas gives a role the rights of its service, and no others. They may be repeated, also where tables
 * were added. Run them in one transaction: a service that works meanwhile then sees the old rights or the new ones.
 * @param owner who makes the tables, now and later.
 */
export function grantStatements({ schemas, tables }: ServiceRights, role: string, owner: string): string[] {
  const to = quoted(role);
  const forAll = schemas.flatMap((schema) => {
    const name = quoted(schema);
    const later = `alter default privileges for role ${quoted(owner)} in schema ${name}`;
    return [
      `grant usage on schema ${name} to ${to}`,
      `revoke create on schema ${name} from ${to}, public`,
      `revoke all on all tables in schema ${name} from ${to}`,
      `grant ${rowRights.join(', ')} on all tables in schema ${name} to ${to}`,
      `grant usage on all sequences in schema ${name} to ${to}`,
      // What a later migration makes.
      `${later} grant ${rowRights.join(', ')} on tables to ${to}`,
      `${later} grant usage on sequences to ${to}`,
    ];
  });
  const special = Object.entries(tables).map(([name, rights]) => {
    const table = `${quoted(schemas[0])}.${quoted(name)}`;
    return `do $$ begin
  if to_regclass(${text(table)}) is not null then
    revoke all on ${table} from ${to};
    grant ${rights.join(', ')} on ${table} to ${to};
  end if;
end $$`;
  });
  return [...forAll, ...special];
}

/** Statements that make the schemas of a service for their owner, and hand over what somebody else made there. Run by whoever may: see docs/how-to/database-roles.md. */
export function ownerStatements({ schemas }: ServiceRights, owner: string): string[] {
  return schemas.flatMap((schema) => [
    `create schema if not exists ${quoted(schema)} authorization ${quoted(owner)}`,
    `do $$ declare item record; begin
  if (select nspowner::regrole <> ${text(quoted(owner))}::regrole from pg_namespace where nspname = ${text(schema)}) then
    alter schema ${quoted(schema)} owner to ${quoted(owner)};
  end if;
  for item in select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${text(schema)} and c.relkind in ('r', 'p') and c.relowner::regrole <> ${text(quoted(owner))}::regrole loop
    execute format('alter table %s owner to %I', item.name, ${text(owner)});
  end loop;
  for item in select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = ${text(schema)} and p.proowner::regrole <> ${text(quoted(owner))}::regrole loop
    execute format('alter routine %s owner to %I', item.name, ${text(owner)});
  end loop;
end $$`,
  ]);
}

/** The statement that makes a role that may sign in, where it does not exist. Its password is set by whoever runs this. */
export function roleStatement(role: string): string {
  return `do $$ begin
  if not exists (select from pg_roles where rolname = ${text(role)}) then create role ${quoted(role)} login; end if;
end $$`;
}
