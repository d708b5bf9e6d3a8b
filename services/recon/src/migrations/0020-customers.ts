import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Indexes for the list of customers: what each ledger has for a customer, and its newest payment. */
export class Customers1700000000020 implements MigrationInterface {
  readonly name = 'Customers1700000000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index posting_customer on recon.posting (target, split_part(posting_key, '/', 3)) where kind = 'customer';
      create index payment_customer_newest on recon.payment (customer_id, received_at desc) where customer_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index recon.payment_customer_newest; drop index recon.posting_customer`);
  }
}
