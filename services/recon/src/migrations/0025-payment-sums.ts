import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What totals and filters of payments are about, kept with the capture: the targets that were asked for a document, whether there is a refund, a
 * dispute. Sums by all of that are kept in `recon.payment_sum`: each change of a capture adds signed rows there, which are merged from time to time
 * (views/emit/kept-sums.worker.ts), so that no two transactions wait for the same row. Captures from before are filled here, each once.
 */
export class PaymentSums1700000000025 implements MigrationInterface {
  readonly name = 'PaymentSums1700000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0'); // the update goes over all captures
    await runner.query(`
      alter table recon.capture add column targets text[] not null default '{}', add column has_refund boolean not null default false,
        add column has_dispute boolean not null default false;
      update recon.capture c set
        targets = coalesce((select array_agg(distinct q.target order by q.target) from recon.posting q where q.event_id = c.event_id), '{}'),
        has_refund = c.known and exists (select from recon.payment_news n where n.charge_id = c.charge_id and n.kind like 'refund%'),
        has_dispute = c.known and exists (
          select from recon.payment_news n where n.charge_id = c.charge_id and n.kind like 'dispute%' and not n.inquiry);
      create index capture_refund on recon.capture (received_at desc, id desc) where has_refund;
      create index capture_dispute on recon.capture (received_at desc, id desc) where has_dispute;

      create table recon.payment_sum (
        currency text, standing text not null, state text not null, reconciliation text, targets text[] not null, has_refund boolean not null,
        has_dispute boolean not null, count bigint not null, minor numeric not null);
      insert into recon.payment_sum
        select currency, standing, state, reconciliation, targets, has_refund, has_dispute, count(*), coalesce(sum(minor), 0)
        from recon.capture group by 1, 2, 3, 4, 5, 6, 7;
    `);
    await runner.query(keepSums);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger capture_sums on recon.capture; drop trigger capture_sums_changed on recon.capture; drop trigger capture_sums_emptied on recon.capture;
      drop function recon.keep_payment_sums(); drop function recon.empty_payment_sums(); drop function recon.merge_payment_sums();
      drop table recon.payment_sum; drop index recon.capture_dispute; drop index recon.capture_refund;
      alter table recon.capture drop column targets, drop column has_refund, drop column has_dispute;
    `);
  }
}

const kept = (row: string): string =>
  ['currency', 'standing', 'state', 'reconciliation', 'targets', 'has_refund', 'has_dispute']
    .map((column) => `${row}.${column}`)
    .join(', ');
const lock = `hashtextextended('recon.payment_sum', 0)`;

const keepSums = `
  create function recon.keep_payment_sums() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' then
      insert into recon.payment_sum values (${kept('old')}, -1, -coalesce(old.minor, 0)), (${kept('new')}, 1, coalesce(new.minor, 0));
    elsif tg_op = 'INSERT' then
      insert into recon.payment_sum values (${kept('new')}, 1, coalesce(new.minor, 0));
    else
      insert into recon.payment_sum values (${kept('old')}, -1, -coalesce(old.minor, 0));
    end if;
    return null;
  end $$;
  create trigger capture_sums after insert or delete on recon.capture for each row execute function recon.keep_payment_sums();
  create trigger capture_sums_changed after update on recon.capture for each row
    when ((${kept('old')}, old.minor) is distinct from (${kept('new')}, new.minor)) execute function recon.keep_payment_sums();

  -- A merge that runs at the same time would leave what it has merged.
  create function recon.empty_payment_sums() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(${lock});
    delete from recon.payment_sum;
    return null;
  end $$;
  create trigger capture_sums_emptied after truncate on recon.capture for each statement execute function recon.empty_payment_sums();

  -- One row for all that are alike. Readers see all of them, or the one: both are the same sum.
  create function recon.merge_payment_sums() returns bigint language plpgsql as $$
  declare left_over bigint;
  begin
    if not pg_try_advisory_xact_lock(${lock}) then return null; end if;
    with gone as (delete from recon.payment_sum returning *)
    insert into recon.payment_sum select currency, standing, state, reconciliation, targets, has_refund, has_dispute, sum(count), sum(minor)
      from gone group by 1, 2, 3, 4, 5, 6, 7 having sum(count) <> 0 or sum(minor) <> 0;
    get diagnostics left_over = row_count;
    return left_over;
  end $$;`;
