import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds words that are older than the retention. */
export class Retention1700000000005 implements MigrationInterface {
  readonly name = 'Retention1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index outcome_concluded on erp_sink.outcome (target, concluded_at) where not due');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index erp_sink.outcome_concluded');
  }
}
