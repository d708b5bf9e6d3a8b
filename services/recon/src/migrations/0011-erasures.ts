import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Customers whose personal data was erased. Not a view: a rebuild of the views keeps this table, and erases again. Events name the customer that
 * they are about, and when they happened in Stripe; of events from before this migration the customer is taken from their payment or document.
 */
export class Erasures1700000000011 implements MigrationInterface {
  readonly name = 'Erasures1700000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table recon.erasure (customer_id text primary key, erased_at timestamptz not null)`);
    await runner.query(`alter table recon.event add column customer_id text, add column occurred_at timestamptz`);
    await runner.query(`create index event_customer on recon.event (customer_id) where customer_id is not null`);
    await runner.query(`update recon.event e set customer_id = p.customer_id from recon.payment p where p.event_id = e.event_id`);
    await runner.query(`update recon.event e set customer_id = split_part(q.posting_key, '/', 3) from recon.posting q
      where q.event_id = e.event_id and e.customer_id is null and q.kind = 'customer' and split_part(q.posting_key, '/', 3) like 'cus\\_%'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index recon.event_customer`);
    await runner.query(`alter table recon.event drop column customer_id, drop column occurred_at`);
    await runner.query(`drop table recon.erasure`);
  }
}
