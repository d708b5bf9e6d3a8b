import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Flow and version of the rules that requested a document. Of documents from before this migration they are known after a rebuild of the views. */
export class RulesOfDocuments1700000000021 implements MigrationInterface {
  readonly name = 'RulesOfDocuments1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table recon.document add column flow text, add column mapping_version text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table recon.document drop column flow, drop column mapping_version`);
  }
}
