import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What somebody makes of a capture or an event who sees some ledgers only: the ledgers that are involved in it, kept with it, and what single ones of several
 * made of it, in `recon.capture_seen` and `recon.event_seen`. The sums of payments are kept by both. Rows from before are not touched here: `involved`
 * is null in them until SeenRowsWorker has placed them, a thousand at a time, and until then readers work it out.
 */
export class SeenCaptures1700000000033 implements MigrationInterface {
  readonly name = 'SeenCaptures1700000000033';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0'); // two indexes are made of all captures
    await runner.query(`
      alter table recon.capture add column involved text[];
      create index capture_involved on recon.capture (involved, received_at desc, id desc);
      create index capture_not_placed on recon.capture (charge_id) where involved is null;
      create index capture_of_several on recon.capture (received_at desc, id desc) where cardinality(involved) > 2;

      create table recon.capture_seen (
        id text not null, own text[] not null, others text[] not null, charge_id text not null, part text not null, known boolean not null,
        minor numeric(20,0), currency text, received_at timestamptz not null, targets text[] not null, has_refund boolean not null,
        has_dispute boolean not null, state text not null, standing text not null, reconciliation text, primary key (id, own));
      create index capture_seen_charge on recon.capture_seen (charge_id);
      create index capture_seen_standing on recon.capture_seen (own, standing, received_at desc, id desc);
      create index capture_seen_state on recon.capture_seen (own, state, received_at desc, id desc);
      create index capture_seen_reconciliation on recon.capture_seen (own, reconciliation, received_at desc, id desc);

      create function recon.forget_seen_capture() returns trigger language plpgsql as $$
      begin
        delete from recon.capture_seen where id = old.id;
        return null;
      end $$;
      create trigger capture_seen_gone after delete on recon.capture for each row execute function recon.forget_seen_capture();

      alter table recon.event add column involved text[];
      create index event_not_placed on recon.event (event_id) where involved is null;
      create index event_of_several on recon.event (event_id) where cardinality(involved) > 2;
      create table recon.event_seen (event_id text not null, own text[] not null, others text[] not null, state text not null, reason text,
        primary key (event_id, own));
      create index event_seen_state on recon.event_seen (own, state);

      alter table recon.payment_sum add column own text[], add column others text[];
      ${keepSums({ involved: true })}
      ${keepSeenSums}
      ${emptySums('delete from recon.capture_seen;')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger capture_seen_gone on recon.capture; drop function recon.forget_seen_capture(); drop table recon.capture_seen; drop function recon.keep_seen_sums();
      delete from recon.payment_sum where others is not null;
      ${keepSums({ involved: false })}
      ${emptySums('')}
      alter table recon.payment_sum drop column own, drop column others;
      alter table recon.capture drop column involved;
      drop table recon.event_seen; alter table recon.event drop column involved;
    `);
  }
}

const dimensions = ['currency', 'standing', 'state', 'reconciliation', 'targets', 'has_refund', 'has_dispute'];
const lock = `hashtextextended('recon.payment_sum', 0)`;

/** Functions that change sums: `table` has a row for each that is summed. @param sets the last dimensions, of a row. */
function changeSums(name: string, columns: readonly string[], sets: (row: string) => readonly string[]): string {
  const into = [...columns, 'count', 'minor'].join(', ');
  const of = (row: string): string => [...dimensions.map((column) => `${row}.${column}`), ...sets(row)].join(', ');
  return `
  create or replace function recon.${name}() returns trigger language plpgsql as $$
  begin
    if tg_op = 'UPDATE' then
      insert into recon.payment_sum (${into}) values (${of('old')}, -1, -coalesce(old.minor, 0)), (${of('new')}, 1, coalesce(new.minor, 0));
    elsif tg_op = 'INSERT' then
      insert into recon.payment_sum (${into}) values (${of('new')}, 1, coalesce(new.minor, 0));
    else
      insert into recon.payment_sum (${into}) values (${of('old')}, -1, -coalesce(old.minor, 0));
    end if;
    return null;
  end $$;`;
}

/** Sums of captures as they are stored, and the function that merges sums. @param involved whether by the ledgers that are involved as well. */
function keepSums({ involved }: { readonly involved: boolean }): string {
  const columns = involved ? [...dimensions, 'own'] : dimensions;
  const all = involved ? [...columns, 'others'] : dimensions;
  const sets = (row: string): readonly string[] => (involved ? [`${row}.involved`] : []);
  const of = (row: string): string => [...dimensions.map((column) => `${row}.${column}`), ...sets(row), `${row}.minor`].join(', ');
  return `
  create or replace function recon.merge_payment_sums() returns bigint language plpgsql as $$
  declare left_over bigint;
  begin
    if not pg_try_advisory_xact_lock(${lock}) then return null; end if;
    with gone as (delete from recon.payment_sum returning *)
    insert into recon.payment_sum (${all.join(', ')}, count, minor) select ${all.join(', ')}, sum(count), sum(minor)
      from gone group by ${all.map((_, index) => index + 1).join(', ')} having sum(count) <> 0 or sum(minor) <> 0;
    get diagnostics left_over = row_count;
    return left_over;
  end $$;
  ${changeSums('keep_payment_sums', columns, sets)}
  drop trigger capture_sums_changed on recon.capture;
  create trigger capture_sums_changed after update on recon.capture for each row
    when ((${of('old')}) is distinct from (${of('new')})) execute function recon.keep_payment_sums();`;
}

const seen = (row: string): readonly string[] => [`${row}.own`, `${row}.others`];
const seenValues = (row: string): string => [...[...dimensions, 'minor'].map((column) => `${row}.${column}`), ...seen(row)].join(', ');
const keepSeenSums = `
  ${changeSums('keep_seen_sums', [...dimensions, 'own', 'others'], seen)}
  create trigger capture_seen_sums after insert or delete on recon.capture_seen for each row execute function recon.keep_seen_sums();
  create trigger capture_seen_sums_changed after update on recon.capture_seen for each row
    when ((${seenValues('old')}) is distinct from (${seenValues('new')})) execute function recon.keep_seen_sums();`;

/** Emptying the captures empties all that is kept of them. @param first a statement before the sums are emptied. */
const emptySums = (first: string): string => `
  create or replace function recon.empty_payment_sums() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(${lock});
    ${first}
    delete from recon.payment_sum;
    return null;
  end $$;`;
