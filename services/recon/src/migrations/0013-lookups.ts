import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Search by what is not stored in the clear, and by ids that no table had: keyed hashes of e-mail addresses and order references beside the
 * payment, the trace of a delivery and of a dead letter. Rows from before have hashes and traces after their topics are read again.
 */
export class Lookups1700000000013 implements MigrationInterface {
  readonly name = 'Lookups1700000000013';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table recon.lookup_key (id text primary key, key text not null);
      alter table recon.payment add column lookup_hashes text[];
      create index payment_lookup on recon.payment using gin (lookup_hashes);
      alter table recon.delivery add column trace_id text;
      create index delivery_trace on recon.delivery (trace_id) where trace_id is not null;
      create index dead_letter_trace on recon.dead_letter (split_part(headers ->> 'traceparent', '-', 2));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index recon.dead_letter_trace; drop index recon.delivery_trace; alter table recon.delivery drop column trace_id;
      drop index recon.payment_lookup; alter table recon.payment drop column lookup_hashes; drop table recon.lookup_key;
    `);
  }
}
