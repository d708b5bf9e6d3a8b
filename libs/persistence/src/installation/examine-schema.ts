import type { ClockHere, InstallationFinding } from '@tributary/platform';
import { clockFindings } from '@tributary/platform';
import type { DataSource } from 'typeorm';
import { migrationState } from '../roles/migration-state.js';
import { checkRole } from '../roles/role-check.js';
import { rightsForSchema } from '../roles/service-rights.js';
import { judgeSchema } from './judge-schema.js';

/** Migrations of a schema, and the rights of the role that is connected. Changes nothing. @param database connected, with the migrations of its release. @throws what the driver throws. */
export async function examineSchema(database: DataSource, schema: string): Promise<InstallationFinding[]> {
  const [role, migrations] = [await checkRole(database, rightsForSchema(schema)), await migrationState(database)];
  return judgeSchema({ schema, role, migrations });
}

/** What there is to say of the clock of PostgreSQL. @throws what the driver throws. */
export async function examineDatabaseClock(
  database: { query(sql: string): Promise<unknown> },
  here: ClockHere,
): Promise<InstallationFinding[]> {
  const [{ ms }] = (await database.query('select extract(epoch from clock_timestamp()) * 1000 as ms')) as [{ ms: string }];
  return clockFindings('postgresql', Number(ms) - here.now(), here);
}
