import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Customers whose personal data was erased, by target. A rebuild of the ledger keeps this table, and the ledger is erased again. Postings and
 * outcomes are found by the record key of their requests, which is the id of the customer.
 */
export class Erasures1700000000012 implements MigrationInterface {
  readonly name = 'Erasures1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table erp_sink.erasure (target text not null, customer_id text not null, erased_at timestamptz not null, primary key (target, customer_id))`,
    );
    await runner.query(`create index posting_record_key on erp_sink.posting (target, record_key)`);
    await runner.query(`create index outcome_record_key on erp_sink.outcome (target, record_key)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index erp_sink.outcome_record_key`);
    await runner.query(`drop index erp_sink.posting_record_key`);
    await runner.query(`drop table erp_sink.erasure`);
  }
}
