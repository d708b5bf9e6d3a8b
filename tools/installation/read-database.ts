import { environmentDataSource, examineDatabaseClock, examineSchema } from '@tributary/persistence';
import type { ClockHere, InstallationFinding } from '@tributary/platform';
import { migrationFiles } from '../database/migration-files.js';
import type { ServiceWithTables } from '../database/migration-files.js';
import type { LoadService } from './load-service.js';

/** What a look into PostgreSQL needs. */
export interface DatabaseScope {
  /** Whose schemas are looked at, all over the one connection that the variables name. */
  readonly services: readonly ServiceWithTables[];
  readonly env: NodeJS.ProcessEnv;
  readonly load: LoadService;
  readonly here: ClockHere;
}

/** Migrations, rights of the role that is connected, and clock. Changes nothing. @throws what the driver throws. */
export async function examineDatabase({ services, env, load, here }: DatabaseScope): Promise<InstallationFinding[]> {
  const findings: InstallationFinding[] = [];
  for (const service of services) {
    const schema = service.replaceAll('-', '_');
    const exported = await load(service, migrationFiles[service]);
    const migrations = Object.values(exported).flat() as (new () => object)[];
    const database = environmentDataSource({ schema, migrations }, env, 'service');
    await database.initialize();
    try {
      if (service === services[0]) findings.push(...(await examineDatabaseClock(database, here)));
      findings.push(...(await examineSchema(database, schema)));
    } finally {
      await database.destroy();
    }
  }
  return findings;
}
