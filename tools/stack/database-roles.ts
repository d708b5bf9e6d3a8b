import { databaseUrlOf } from '@tributary/local-stack';
import type { PostgresOptions } from '@tributary/local-stack';
import type { ServiceName } from './parts.js';

/** Role of each service that keeps something; the user of the server owns the schemas and makes their tables. */
export const stackRoles: Readonly<Partial<Record<ServiceName, string>>> = {
  transform: 'tributary_transform',
  'erp-sink': 'tributary_erp_sink',
  'erp-sink-stripe': 'tributary_erp_sink',
  recon: 'tributary_recon',
  console: 'tributary_console',
};

/** How a service reaches the database of the stack: as its role, and as the owner for its migrations. Empty for one that keeps nothing. */
export function databaseVariables(service: ServiceName, options: PostgresOptions): Readonly<Record<string, string>> {
  const user = stackRoles[service];
  if (user === undefined) return {};
  return { DATABASE_URL: databaseUrlOf({ ...options, user }), DATABASE_MIGRATION_URL: databaseUrlOf(options) };
}

/** Makes the roles that are missing, with the password of the demo; services are given their rights when they migrate. */
export async function makeStackRoles(options: PostgresOptions): Promise<void> {
  const { default: pg } = await import('pg'); // only for a server that starts: other commands read this description, too
  const client = new pg.Client({ connectionString: databaseUrlOf(options) });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
    const there = new Set(rows.map(({ rolname }) => rolname));
    for (const role of new Set(Object.values(stackRoles)))
      if (!there.has(role))
        await client.query(`create role ${client.escapeIdentifier(role)} login password ${client.escapeLiteral(options.password)}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
