import { createDataSource, grantStatements, ownerStatements, roleStatement, serviceRights } from '@tributary/persistence';
import type { MigrationAccess, ServiceRights } from '@tributary/persistence';
import { databaseEnvironment, databaseFilesOf, loadConfig } from '@tributary/platform';
import type { Understood } from '#commands/command-line.mjs';

/** What the command writes: statements to standard output, notes beside it. */
export interface RolesOutput {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

/** What PostgreSQL takes without a surprise: no quotes, no blanks, small letters, 63 characters. */
const roleName = /^[a-z_][a-z0-9_-]{0,62}$/;
const insufficientPrivilege = '42501';

/**
 * `tributary database roles --role <service>=<role> ... [--owner <role>] [--apply]`: prints the statements that give each service a role of its own, or
 * runs them in one transaction over DATABASE_MIGRATION_URL.
 * @returns exit code: 0; 1 for statements that PostgreSQL refused, or when it cannot be reached; 2 for what cannot be meant.
 */
export async function databaseRoles(
  { values }: Extract<Understood, { kind: 'run' }>,
  env: Readonly<Record<string, string | undefined>>,
  { out, error }: RolesOutput,
): Promise<number> {
  const access = migrationAccess(env);
  const owner = textsOf(values.owner).at(-1) ?? ownerOf(access);
  const given = textsOf(values.role).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
  const apply = values.apply !== undefined;
  const problems = [
    ...problemsOf(given, owner),
    ...(apply && !access ? ['DATABASE_MIGRATION_URL is missing: the connection that --apply uses'] : []),
  ];
  if (problems.length > 0 || owner === undefined) {
    for (const problem of problems) error(problem);
    return 2;
  }
  const statements = given.flatMap(([service, role]) => statementsFor(rightsOf(service), role, owner));
  const without = serviceRights.map(({ service }) => service).filter((service) => !given.some(([name]) => name === service));
  if (without.length > 0) error(`no role, so no rights, for ${without.join(', ')}`);
  if (!apply || !access) {
    out(['begin', ...statements, 'commit'].map((statement) => `${statement};`).join('\n'));
    return 0;
  }
  return run(access, statements, error);
}

/** Statements for one service. Repeating them changes nothing. */
function statementsFor(rights: ServiceRights, role: string, owner: string): string[] {
  return [roleStatement(role), ...ownerStatements(rights, owner), ...grantStatements(rights, role, owner)];
}

async function run(access: MigrationAccess, statements: readonly string[], error: (text: string) => void): Promise<number> {
  const database = createDataSource({ ...access, schema: 'public', migrations: [], poolSize: 1 });
  try {
    await database.initialize();
    await database.transaction(async (manager) => {
      for (const statement of statements) await manager.query(statement);
    });
    error('the roles have their rights; a new one has no password yet: set it with `alter role <role> password ...`');
    return 0;
  } catch (problem) {
    const { code, message } = problem as { code?: string; message?: string };
    const hint = code === insufficientPrivilege ? '. Nothing was changed. Run the statements (without --apply) as an administrator' : '';
    error(`${message ?? String(problem)}${hint}`);
    return 1;
  } finally {
    if (database.isInitialized) await database.destroy();
  }
}

function migrationAccess(env: Readonly<Record<string, string | undefined>>): MigrationAccess | undefined {
  if (!env['DATABASE_MIGRATION_URL'] && !env['DATABASE_MIGRATION_URL_FILE']) return undefined;
  return databaseFilesOf(
    loadConfig(databaseEnvironment, {
      ...env,
      DATABASE_URL: 'postgres://not-used.invalid/?sslmode=verify-full',
      DATABASE_URL_FILE: undefined,
    }),
  ).migration;
}

const ownerOf = (access: MigrationAccess | undefined): string | undefined =>
  access && URL.canParse(access.url) ? decodeURIComponent(new URL(access.url).username) || undefined : undefined;

function rightsOf(service: string): ServiceRights {
  const found = serviceRights.find((rights) => rights.service === service);
  if (!found) throw new Error(`there is no service ${service}`);
  return found;
}

function problemsOf(given: readonly (readonly [string, string])[], owner: string | undefined): string[] {
  const known = serviceRights.map(({ service }) => service);
  const roles = given.map(([, role]) => role);
  return [
    ...(owner === undefined ? ['--owner is missing: the role that owns the schemas, as in DATABASE_MIGRATION_URL'] : []),
    ...(given.length === 0 ? ['--role is missing: <service>=<role>, e.g. --role recon=tributary_recon'] : []),
    ...given
      .filter(([service]) => !known.includes(service))
      .map(
        ([service, role]) => `--role ${service}=${role}: there is no service of that name with a schema. There are: ${known.join(', ')}`,
      ),
    ...[...roles, owner ?? 'x']
      .filter((role) => !roleName.test(role))
      .map((role) => `${role}: expected the name of a role, small letters, digits, _ and -, at most 63`),
    ...roles.filter((role, index) => roles.indexOf(role) !== index).map((role) => `${role}: each service has a role of its own`),
    ...roles.filter((role) => role === owner).map((role) => `${role}: owns the schemas, so it is no role of a service`),
  ];
}

const textsOf = (given: readonly (string | true)[] | undefined): string[] => (given ?? []).filter((value) => value !== true);
