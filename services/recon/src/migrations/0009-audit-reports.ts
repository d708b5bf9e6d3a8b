import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports of other services that are in the audit trail, by their id: one that comes again is not recorded again. */
export class AuditReports1700000000009 implements MigrationInterface {
  readonly name = 'AuditReports1700000000009';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table recon.audit_report (
      reporter text not null, id uuid not null, sequence bigint, hash text, primary key (reporter, id))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table recon.audit_report');
  }
}
