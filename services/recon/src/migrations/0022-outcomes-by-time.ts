import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of postings in the last hours is read by time. Outcomes are stored nearly in the order of their time, so a small index of ranges is enough. */
export class OutcomesByTime1700000000022 implements MigrationInterface {
  readonly name = 'OutcomesByTime1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'create index outcome_concluded on recon.outcome using brin (concluded_at) with (pages_per_range = 32, autosummarize = on)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index recon.outcome_concluded');
  }
}
