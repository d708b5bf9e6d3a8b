import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orders of two persons: who gave an order by their subject, why a second person has to approve it, what exactly was approved (hashes over
 * the order and over each of its letters), who decided, and until when the decision holds. Orders of before have no subject and were given
 * alone.
 */
export class TwoPersons1700000000008 implements MigrationInterface {
  readonly name = 'TwoPersons1700000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recon.dead_letter_order
        add column author jsonb, add column targets text[] not null default '{}', add column approval_reasons text[] not null default '{}',
        add column content_hash text, add column terms_hash text, add column expires_at timestamptz, add column approver jsonb,
        add column approval_reason text, add column approved_at timestamptz, add column refused_by text, add column refusal_reason text,
        add column stop_code text;
      create index order_expiring on recon.dead_letter_order (expires_at) where state in ('waiting-approval', 'running') and expires_at is not null;
      alter table recon.dead_letter_order_item add column bound text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index recon.order_expiring;
      alter table recon.dead_letter_order_item drop column bound;
      alter table recon.dead_letter_order drop column author, drop column targets, drop column approval_reasons, drop column content_hash,
        drop column terms_hash, drop column expires_at, drop column approver, drop column approval_reason, drop column approved_at,
        drop column refused_by, drop column refusal_reason, drop column stop_code;
    `);
  }
}
