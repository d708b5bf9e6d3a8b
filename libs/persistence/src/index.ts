export {
  connectAndMigrate,
  createDataSource,
  databaseProbe,
  databaseProblem,
  DatabaseConflictError,
  DatabaseUnavailableError,
  isConnectionProblem,
  warnWhileWaiting,
  withDatabase,
} from './data-source.js';
export type { DataSourceOptions, MigrationProgress } from './data-source.js';
export { databaseClient } from './sql-client.js';
export type { DatabaseClient } from './sql-client.js';
export { databaseAccess, isTlsUrl } from './database-access.js';
export type { DatabaseAccess, DatabaseFiles } from './database-access.js';
export { auditOutboxColumns, reportToAudit } from './audit/audit-outbox.js';
export type { AuditReport } from './audit/audit-outbox.js';
export { AuditReporter, auditReportWithinMs } from './audit/audit-reporter.js';
export type { AuditReporterOptions } from './audit/audit-reporter.js';
