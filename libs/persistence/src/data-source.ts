import { PipelineError } from '@tributary/domain';
import type { HealthProbe } from '@tributary/platform';
import { DataSource } from 'typeorm';
import type { MixedList } from 'typeorm';
import { databaseAccess } from './database-access.js';
import type { DatabaseFiles } from './database-access.js';
import type { PayloadCipher } from './payloads/payload-cipher.js';
import { encryptPayloads } from './payloads/payloads-of.js';
import { createRenewingDriver, isLoginRefused } from './renewing-driver.js';

/** PostgreSQL does not answer. Messages that need it wait. */
export class DatabaseUnavailableError extends PipelineError {
  readonly code = 'database.silent';
  readonly disposition = 'pause';
}

/** A conflict with another transaction (deadlock, serialization failure): a retry can succeed. */
export class DatabaseConflictError extends PipelineError {
  readonly code = 'database.conflict';
  readonly disposition = 'retry';
}

/** Connection, schema and migrations of one service. */
export interface DataSourceOptions {
  /** PostgreSQL connection URL; undefined when it is in a file. */
  readonly url: string | undefined;
  /** Files that connections are made from, and how long one is used. */
  readonly files?: DatabaseFiles;
  /** Encrypts the payloads that are stored over it; default: nothing is encrypted. */
  readonly payloads?: PayloadCipher;
  /** Schema that this service owns. */
  readonly schema: string;
  readonly migrations: MixedList<new () => object>;
  readonly entities?: MixedList<new () => object>;
  /** Largest number of connections; default 10. */
  readonly poolSize?: number;
  /** Longest time one statement may take, ms; default 15 s. */
  readonly statementTimeoutMs?: number;
}

const connectWithinMs = 5_000;

/** A data source of one service: its own schema, its own migration table, bounded pool and statements. Not connected yet. */
export function createDataSource(options: DataSourceOptions): DataSource {
  const { url, extra, connectionUrl } = databaseAccess(options.url, options.files);
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    driver: createRenewingDriver(connectionUrl),
    schema: options.schema,
    entities: (options.entities ?? []) as never,
    migrations: options.migrations as never,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: connectWithinMs,
    extra: { ...extra, statement_timeout: options.statementTimeoutMs ?? 15_000, application_name: `tributary-${options.schema}` },
  });
  if (options.payloads) encryptPayloads(dataSource, options.payloads);
  optionsOf.set(dataSource, options);
  return dataSource;
}

const optionsOf = new WeakMap<DataSource, DataSourceOptions>();

/** What a data source was made of. @throws {Error} for one that {@link createDataSource} did not make. */
export function optionsOfDataSource(dataSource: DataSource): DataSourceOptions {
  const options = optionsOf.get(dataSource);
  if (!options) throw new Error('this data source was not made by createDataSource');
  return options;
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08004',
  '08006',
  '25006', // read only: a standby, or one that has just been demoted
  '53100', // disk full
  '53200',
  '53300',
  '57014', // the statement timeout: a server that was suspended ends what waited meanwhile
  '58030', // the disk does not answer
]);
/** deadlock, serialization failure, lock not available. */
const conflictCodes = new Set(['40P01', '40001', '55P03']);
/** TypeORM's errors for a connection that was lost within a transaction: the next statement has none. */
const lostWithin = new Set(['QueryRunnerAlreadyReleasedError', 'QueryRunnerProviderAlreadyReleasedError']);

/** Plain errors of the driver and its pool without a code (pg/lib/client.js, pg/lib/connection.js, pg-pool/index.js). */
const unreachable = new RegExp(
  [
    'Connection terminated',
    'timeout expired',
    'timeout exceeded when trying to connect', // the pool: no connection came free, or none could be made, in time
    'Query read timeout',
    'connection timeout',
    'Client has encountered a connection error',
    'Client was closed and is not queryable',
    'Cannot use a pool after calling end',
    'error establishing an SSL connection',
  ].join('|'),
  'i',
);

/** Whether an error says that PostgreSQL could not be reached or can do nothing now (starting, stopping, full), and not that a statement was wrong. */
export function isConnectionProblem(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  // Read by shape, not by class: drivers throw errors of other realms, aggregates of several addresses, and plain errors.
  const { code, errors, message, name } = error as { code?: unknown; errors?: unknown; message?: unknown; name?: unknown };
  if (typeof name === 'string' && lostWithin.has(name)) return true;
  if (typeof code === 'string' && connectionCodes.has(code)) return true;
  if (isLoginRefused(error)) return true;
  if (Array.isArray(errors) && errors.some(isConnectionProblem)) return true;
  return typeof message === 'string' && unreachable.test(message);
}

/** The health probe `postgres` of a service with a database. */
export function databaseProbe(dataSource: DataSource): HealthProbe {
  return { name: 'postgres', check: () => databaseProblem(dataSource) };
}

/** Whether PostgreSQL answers now. @returns undefined, or a sentence. */
export async function databaseProblem(dataSource: DataSource): Promise<string | undefined> {
  if (!dataSource.isInitialized) return 'PostgreSQL is not connected yet';
  try {
    await dataSource.query('select 1');
    return undefined;
  } catch (error) {
    return `PostgreSQL does not answer: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * Runs database work so that a lost connection pauses the partition (disposition `pause`) instead of rejecting the message.
 * @throws {DatabaseUnavailableError} in place of connection errors, {DatabaseConflictError} in place of deadlocks; other errors unchanged.
 */
export async function withDatabase<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isConnectionProblem(error)) throw new DatabaseUnavailableError(`${doing}: PostgreSQL does not answer`, {}, { cause: error });
    if (conflictCodes.has(String((error as { code?: unknown } | null)?.code)))
      throw new DatabaseConflictError(`${doing}: another transaction was in the way`, {}, { cause: error });
    throw error;
  }
}
