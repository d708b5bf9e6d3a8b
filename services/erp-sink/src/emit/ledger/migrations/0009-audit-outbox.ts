import { auditOutboxColumns } from '@tributary/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people decide at the sink, for the audit trail of recon, until recon has it. */
export class AuditOutbox1700000000009 implements MigrationInterface {
  readonly name = 'AuditOutbox1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table erp_sink.audit_outbox ${auditOutboxColumns}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table erp_sink.audit_outbox');
  }
}
