import { found } from '@tributary/platform';
import type { InstallationFinding } from '@tributary/platform';
import type { MigrationState } from '../roles/migration-state.js';
import type { RoleCheck } from '../roles/role-check.js';

/** What PostgreSQL says about the schema of a service. */
export interface SchemaFacts {
  readonly schema: string;
  readonly role: RoleCheck;
  readonly migrations: MigrationState;
}

/** What is wrong with the schema of a service and the role that is connected; one finding that it passed when nothing is. */
export function judgeSchema({ schema, role, migrations }: SchemaFacts): InstallationFinding[] {
  const findings = [...roleFindings(schema, role, migrations.state), ...migrationFindings(schema, migrations)];
  return findings.length > 0
    ? findings
    : [found('installation.passed', schema, `All migrations are applied, and role ${role.role} has the rights of its service.`)];
}

function roleFindings(
  schema: string,
  { role, missing, excess, isSeparate }: RoleCheck,
  state: MigrationState['state'],
): InstallationFinding[] {
  if (state === 'not usable') return [found('database.roles-not-applied', schema, `Role ${role} was given no right in schema ${schema}.`)];
  return [
    ...(missing.length === 0 ? [] : [found('database.right-missing', schema, `Role ${role} lacks ${missing.join(', ')}.`)]),
    ...(isSeparate && state !== 'none' && excess.length > 0
      ? [found('database.right-excess', schema, `Role ${role} could ${excess.join('; ')}.`)]
      : []),
  ];
}

function migrationFindings(schema: string, { state, pending, unknown }: MigrationState): InstallationFinding[] {
  if (state === 'none') return [found('database.migration-pending', schema, `No migration is applied, of ${pending.length}.`)];
  if (state !== 'known') return [];
  return [
    ...(pending.length === 0 ? [] : [found('database.migration-pending', schema, `These are not applied: ${pending.join(', ')}.`)]),
    ...(unknown.length === 0 ? [] : [found('database.migration-newer', schema, `This release does not know ${unknown.join(', ')}.`)]),
  ];
}
