import { ConfigurationError } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { optionsOfDataSource } from '../data-source.js';
import type { RoleCheck } from './role-check.js';
import { migrationState } from './migration-state.js';

/** Whether the role makes the schema, or the schema is its own. */
export async function mayMigrate(dataSource: DataSource, schema: string): Promise<boolean> {
  const [found] = (await dataSource.query(
    `select coalesce(pg_has_role(current_user, n.nspowner, 'member'), has_database_privilege(current_database(), 'create')) as may
     from (select 1) one left join pg_namespace n on n.nspname = $1`,
    [schema],
  )) as [{ may: boolean }];
  return found.may;
}

/** Says to whom a schema belongs that the role of the migrations may not change. @throws {ConfigurationError} */
export async function refuseForeignSchema(dataSource: DataSource, schema: string): Promise<never> {
  const [found] = (await dataSource.query(
    `select current_user as role, pg_get_userbyid(n.nspowner) as owner from (select 1) one left join pg_namespace n on n.nspname = $1`,
    [schema],
  )) as [{ role: string; owner: string | null }];
  throw new ConfigurationError([
    found.owner === null
      ? `role ${found.role} of DATABASE_MIGRATION_URL may not make schema ${schema}: it needs CREATE on the database (${whatToDo})`
      : `schema ${schema} belongs to ${found.owner}, and role ${found.role} of DATABASE_MIGRATION_URL may not change it: hand it over once (${whatToDo})`,
  ]);
}

const whatToDo = '`tributary database roles` prints the statements, docs/how-to/database-roles.md tells the rest';

/** Refuses a role that may apply no migration while one of this version is missing. @throws {ConfigurationError} */
export async function refusePending(dataSource: DataSource, role: string): Promise<void> {
  const { schema } = optionsOfDataSource(dataSource);
  const { state, pending } = await migrationState(dataSource);
  const make = 'run them with DATABASE_MIGRATION_URL before the service (docs/how-to/database-roles.md)';
  if (state === 'none')
    throw new ConfigurationError([`no migration of schema ${schema} is applied, and role ${role} may apply none: ${make}`]);
  if (state !== 'known')
    throw new ConfigurationError([
      `role ${role} may not ${state === 'not readable' ? `read ${schema}.migration` : `use schema ${schema}`}: ${whatToDo}`,
    ]);
  if (pending.length > 0)
    throw new ConfigurationError([
      `migrations of schema ${schema} are missing, and role ${role} may apply none: ${pending.join(', ')}; ${make}`,
    ]);
}

/**
 * Compares what the role may do with what its service needs.
 * @param warn told what it could do beyond that, in production.
 * @throws {ConfigurationError} naming the rights that are missing; in production, where the schema is another's, also those that are too many.
 */
export function reportRole({ role, isSeparate, missing, excess }: RoleCheck, isProduction: boolean, warn?: (text: string) => void): void {
  if (missing.length > 0) throw new ConfigurationError([`role ${role} lacks ${missing.join(', ')}: ${whatToDo}`]);
  if (!isProduction || excess.length === 0) return;
  const could = `role ${role} could do more than its service needs: ${excess.join('; ')}`;
  if (isSeparate) throw new ConfigurationError([`${could}. The schema belongs to another role, so take these rights away (${whatToDo})`]);
  warn?.(`${could}. Give the service a role of its own (${whatToDo})`);
}
