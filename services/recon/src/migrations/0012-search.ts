import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Indexes for a search by every id that recon keeps. The numbers of a document stand in a JSON object whose names differ from one ERP to
 * another, so its values are indexed by a function.
 */
export class Search1700000000012 implements MigrationInterface {
  readonly name = 'Search1700000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function recon.reference_values(reference jsonb) returns text[] language sql immutable parallel safe as
        $$ select coalesce(array_agg(value), '{}') from jsonb_each_text(case jsonb_typeof(reference) when 'object' then reference else '{}' end) $$;
      create index posting_reference on recon.posting using gin (recon.reference_values(reference));
      create index posting_object on recon.posting (split_part(posting_key, '/', 3));
      create index payment_customer on recon.payment (customer_id) where customer_id is not null;
      create index payment_balance_transaction on recon.payment (balance_transaction_id) where balance_transaction_id is not null;
      create index payment_news_object on recon.payment_news (object_id);
      create index capture_amount on recon.capture (minor, currency, received_at desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index recon.capture_amount; drop index recon.payment_news_object; drop index recon.payment_balance_transaction;
      drop index recon.payment_customer; drop index recon.posting_object; drop index recon.posting_reference;
      drop function recon.reference_values(jsonb);
    `);
  }
}
