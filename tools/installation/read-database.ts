import { checkRole, environmentDataSource, migrationState, rightsForSchema } from '@tributary/persistence';
import { migrationFiles } from '../database/migration-files.js';
import type { ServiceWithTables } from '../database/migration-files.js';
import { clockFinding } from './clock.js';
import type { Clock } from './clock.js';
import type { Finding } from './finding.js';
import { judgeSchema } from './judge-database.js';
import type { LoadService } from './load-service.js';

/** What a look into PostgreSQL needs. */
export interface DatabaseScope {
  /** Whose schemas are looked at, all over the one connection that the variables name. */
  readonly services: readonly ServiceWithTables[];
  readonly env: NodeJS.ProcessEnv;
  readonly load: LoadService;
  readonly now: Clock;
}

/** Migrations, rights of the role that is connected, and clock. Changes nothing. @throws what the driver throws. */
export async function examineDatabase({ services, env, load, now }: DatabaseScope): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const service of services) {
    const schema = service.replaceAll('-', '_');
    const exported = await load(service, migrationFiles[service]);
    const migrations = Object.values(exported).flat() as (new () => object)[];
    const database = environmentDataSource({ schema, migrations }, env, 'service');
    await database.initialize();
    try {
      if (service === services[0]) findings.push(...clockFinding('postgresql', await clockOffMs(database, now)));
      const [role, state] = [await checkRole(database, rightsForSchema(schema)), await migrationState(database)];
      findings.push(...judgeSchema({ schema, role, migrations: state }));
    } finally {
      await database.destroy();
    }
  }
  return findings;
}

async function clockOffMs(database: { query(sql: string): Promise<unknown> }, now: Clock): Promise<number> {
  const [{ ms }] = (await database.query('select extract(epoch from clock_timestamp()) * 1000 as ms')) as [{ ms: string }];
  return Number(ms) - now();
}
