import { auditOutboxColumns } from '@tributary/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the console reports to the audit trail of recon, until recon has it. */
export class AuditOutbox1700000000002 implements MigrationInterface {
  readonly name = 'AuditOutbox1700000000002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table console.audit_outbox ${auditOutboxColumns}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table console.audit_outbox');
  }
}
