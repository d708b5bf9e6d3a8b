import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Needs beyond a saved document: the keys of `waiting_on` that have to be released, since when the posting waits, and when to decide about
 * a document that no request has asked for. The date that a document was moved to out of a closed period. How a batch is released.
 */
export class Books1700000000007 implements MigrationInterface {
  readonly name = 'Books1700000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table erp_sink.posting add column waiting_released text[] not null default '{}', add column waiting_since timestamptz,
        add column decide_at timestamptz, add column posting_date text;
      create index posting_waiting_released on erp_sink.posting using gin (waiting_released) where state = 'waiting';
      create index posting_decide_at on erp_sink.posting (target, decide_at) where decide_at is not null;
      alter table erp_sink.batch add column mode text not null default 'named', add column by_person boolean not null default false;
      drop index erp_sink.batch_open;
      create unique index batch_open on erp_sink.batch (target, kind, date, bank_account, by_person) where state = 'open';`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index erp_sink.batch_open;
      create unique index batch_open on erp_sink.batch (target, kind, date, bank_account) where state = 'open';
      alter table erp_sink.batch drop column mode, drop column by_person;
      alter table erp_sink.posting drop column waiting_released, drop column waiting_since, drop column decide_at, drop column posting_date;`);
  }
}
