import { join } from 'node:path';
import { databaseUrlOf, passableDataFolder, postgresReady, startPostgres, stopPostgres } from '@tributary/local-stack';
import type { PostgresOptions } from '@tributary/local-stack';
import { makeStackRoles } from './database-roles.js';
import type { ProcessPart } from './part.js';
import { mark } from './process-mark.js';
import { demoValue } from './settings.js';
import type { Settings } from './settings.js';

/** Time that the server gets to stop, ms. */
const graceMs = 10_000;

/** Where the database of a stack is, and who may use it. */
export function postgresOptions(settings: Settings): PostgresOptions {
  return {
    port: settings.ports.postgres,
    folder: passableDataFolder(join(settings.folders.data, 'postgres')),
    logFolder: settings.folders.logs,
    database: demoValue(settings, 'POSTGRES_DB'),
    user: demoValue(settings, 'POSTGRES_USER'),
    password: demoValue(settings, 'POSTGRES_PASSWORD'),
    env: mark(settings),
  };
}

/** The PostgreSQL server of the stack. */
export function postgres(settings: Settings): ProcessPart {
  const options = postgresOptions(settings);
  return {
    kind: 'infrastructure',
    name: 'postgres',
    port: options.port,
    dependsOn: [],
    graceMs,
    start: () => startPostgres(options),
    ready: async (child) => {
      await postgresReady(child, options);
      await makeStackRoles(options);
    },
    isReady: () => import('./database-probe.js').then(({ databaseAnswers }) => databaseAnswers(databaseUrlOf(options))),
    end: stopPostgres,
  };
}
