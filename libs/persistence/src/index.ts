export {
  createDataSource,
  databaseProbe,
  databaseProblem,
  DatabaseConflictError,
  DatabaseUnavailableError,
  isConnectionProblem,
  withDatabase,
} from './data-source.js';
export type { DataSourceOptions } from './data-source.js';
export { environmentDataSource } from './environment-data-source.js';
export { connectAndMigrate, warnWhileWaiting } from './migrate.js';
export type { MigrationProgress } from './migrate.js';
export { migrateOnly, migrateWithin } from './migrate-only.js';
export { migrationState } from './roles/migration-state.js';
export type { MigrationState } from './roles/migration-state.js';
export { checkRole } from './roles/role-check.js';
export type { RoleCheck } from './roles/role-check.js';
export { grantStatements, ownerStatements, roleStatement } from './roles/role-statements.js';
export { rightsForSchema, serviceRights } from './roles/service-rights.js';
export type { ServiceRights, TableRight } from './roles/service-rights.js';
export { databaseClient } from './sql-client.js';
export type { DatabaseClient } from './sql-client.js';
export type { Statement } from './statement-batch.js';
export { inTwoTrips } from './two-trips.js';
export type { Decided } from './two-trips.js';
export { databaseAccess, isTlsUrl } from './database-access.js';
export type { DatabaseAccess, DatabaseFiles, MigrationAccess } from './database-access.js';
export type { PostgresDriver } from './renewing-driver.js';
export { auditOutboxColumns, reportToAudit } from './audit/audit-outbox.js';
export type { AuditReport } from './audit/audit-outbox.js';
export { AuditReporter, auditReportWithinMs } from './audit/audit-reporter.js';
export type { AuditReporterOptions } from './audit/audit-reporter.js';
export { PayloadCipher } from './payloads/payload-cipher.js';
export type { PayloadCipherOptions, PayloadPlace } from './payloads/payload-cipher.js';
export { keyIdSql } from './payloads/payload-envelope.js';
export type { PayloadType } from './payloads/payload-envelope.js';
export { clearMembers, membersNamed, payloadPlace } from './payloads/payload-table.js';
export type { PayloadTable } from './payloads/payload-table.js';
export { payloadsOf } from './payloads/payloads-of.js';
export { isPayloadProblem, PayloadKeyMissingError, PayloadUnreadableError } from './payloads/payload.errors.js';
export { payloadCipherOf, payloadVariables } from './payloads/payload.environment.js';
export type { PayloadKeysConfig } from './payloads/payload.environment.js';
export { encryptStored } from './payloads/encrypt-stored.js';
export type { EncryptedColumn } from './payloads/encrypt-stored.js';
export { keyUse, rowsByKey } from './payloads/key-use.js';
export type { KeyUse } from './payloads/key-use.js';
export { PayloadEncryptionWorker } from './payloads/payload-encryption.worker.js';
export type { PayloadEncryptionOptions } from './payloads/payload-encryption.worker.js';
export { examineDatabaseClock, examineSchema } from './installation/examine-schema.js';
