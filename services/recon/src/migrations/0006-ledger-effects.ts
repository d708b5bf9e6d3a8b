import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the ERP's ledger says about each document, beside its requested effect: one row per document that an outcome has reported. Rows of
 * receipts have no due time, because their entries come with the look-up of `recon.reconciliation`. The column `effect` there was never
 * written.
 */
export class LedgerEffects1700000000006 implements MigrationInterface {
  readonly name = 'LedgerEffects1700000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table recon.ledger_effect (
      posting_key text primary key, target text not null, kind text not null, state text not null default 'pending', text text,
      entries jsonb not null default '[]', checks integer not null default 0, checked_at timestamptz, due_at timestamptz)`);
    await runner.query(`create index ledger_effect_due on recon.ledger_effect (due_at) where due_at is not null`);
    await runner.query(`create index ledger_effect_state on recon.ledger_effect (state, checked_at desc, posting_key desc)`);
    await runner.query(`insert into recon.ledger_effect (posting_key, target, kind, due_at)
      select posting_key, min(target), min(kind), case when min(kind) <> 'cash-receipt' then now() end from recon.posting
      where result in ('posted', 'adopted', 'updated', 'released') and kind not in ('customer', 'metadata') group by posting_key`);
    await runner.query(`alter table recon.reconciliation drop column effect`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table recon.reconciliation add column effect jsonb`);
    await runner.query(`drop table recon.ledger_effect`);
  }
}
