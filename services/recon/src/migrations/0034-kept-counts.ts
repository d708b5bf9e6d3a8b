import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counts of events and of what was written to ledgers, kept beside their rows (ADR 0100), as sums of payments are (migration 0025): each change adds signed rows, which
 * are merged from time to time. A document that was written several times counts once, so `recon.written_document` has how often each was; only a merge writes
 * there, and until it has, `recon.written_change` says what will be different. What is there from before is counted here.
 */
export class KeptCounts1700000000034 implements MigrationInterface {
  readonly name = 'KeptCounts1700000000034';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0'); // counts all events and postings
    await runner.query(`
      lock table recon.event, recon.event_seen, recon.posting in share row exclusive mode;
      create table recon.event_sum (state text not null, reason text, own text[], others text[], events bigint not null, deliveries bigint not null);
      insert into recon.event_sum select state, reason, involved, null, count(*), sum(deliveries) from recon.event group by 1, 2, 3;
      insert into recon.event_sum select state, reason, own, others, count(*), 0 from recon.event_seen group by 1, 2, 3, 4;
      create index event_not_delivered on recon.event (event_id) where deliveries = 0;
      create index event_in_flight on recon.event (changed_at) where state = 'inFlight';
      ${keepEvents}

      create table recon.written_document (posting_key text not null, target text not null, metadata boolean not null, times integer not null,
        primary key (posting_key, target, metadata));
      create table recon.written_change (posting_key text not null, target text not null, metadata boolean not null, change integer not null);
      create table recon.posting_sum (target text not null, postings bigint not null, requested bigint not null, documents bigint not null, metadata bigint not null);
      insert into recon.written_document select posting_key, target, kind = 'metadata', count(*) from recon.posting where ${written('result')} group by 1, 2, 3;
      insert into recon.posting_sum select q.target, count(*), count(q.requested_at), 0, 0 from recon.posting q group by 1;
      insert into recon.posting_sum select target, 0, 0, count(*) filter (where not metadata), count(*) filter (where metadata) from recon.written_document group by 1;
      create index posting_written on recon.posting (target, concluded_at) where kind <> 'metadata' and ${written('result')};
      ${keepPostings}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger event_sums on recon.event; drop trigger event_sums_changed on recon.event; drop trigger event_sums_emptied on recon.event;
      drop trigger event_seen_sums on recon.event_seen; drop trigger event_seen_sums_changed on recon.event_seen;
      drop function recon.keep_event_sums(); drop function recon.keep_event_seen_sums(); drop function recon.empty_event_sums(); drop function recon.merge_event_sums();
      drop table recon.event_sum; drop index recon.event_not_delivered; drop index recon.event_in_flight;
      drop trigger posting_sums on recon.posting; drop trigger posting_sums_changed on recon.posting; drop trigger posting_sums_emptied on recon.posting;
      drop function recon.keep_posting_sums(); drop function recon.empty_posting_sums(); drop function recon.merge_posting_sums();
      drop table recon.posting_sum; drop table recon.written_change; drop table recon.written_document; drop index recon.posting_written;
    `);
  }
}

/** As `documentResults` says. */
const written = (result: string): string => `${result} in ('released', 'posted', 'adopted', 'updated')`;
const lockOf = (table: string): string => `hashtextextended('recon.${table}', 0)`;

/** Rows of `recon.event_sum` for a row of a table. @param made its last columns: the ledgers that it is of, how many it counts, their deliveries. */
const sumOf = (row: string, ...made: readonly string[]): string => `(${[`${row}.state`, `${row}.reason`, ...made].join(', ')})`;
const event = (row: string, sign: '' | '-'): string => sumOf(row, `${row}.involved`, 'null', `${sign}1`, `${sign}${row}.deliveries`);
const seen = (row: string, sign: '' | '-'): string => sumOf(row, `${row}.own`, `${row}.others`, `${sign}1`, '0');
const kind = (row: string): string => `${row}.state, ${row}.reason, ${row}.involved`;
const seenKind = (row: string): string => `${row}.state, ${row}.reason, ${row}.own, ${row}.others`;

const keepEvents = `
  create function recon.keep_event_sums() returns trigger language plpgsql as $$
  begin
    if tg_op = 'INSERT' then
      insert into recon.event_sum values ${event('new', '')};
    elsif tg_op = 'DELETE' then
      insert into recon.event_sum values ${event('old', '-')};
    elsif (${kind('old')}) is not distinct from (${kind('new')}) then
      insert into recon.event_sum values ${sumOf('new', 'new.involved', 'null', '0', 'new.deliveries - old.deliveries')};
    else
      insert into recon.event_sum values ${event('old', '-')}, ${event('new', '')};
    end if;
    return null;
  end $$;
  create trigger event_sums after insert or delete on recon.event for each row execute function recon.keep_event_sums();
  create trigger event_sums_changed after update on recon.event for each row
    when ((${kind('old')}, old.deliveries) is distinct from (${kind('new')}, new.deliveries)) execute function recon.keep_event_sums();

  create function recon.keep_event_seen_sums() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then insert into recon.event_sum values ${seen('old', '-')}; end if;
    if tg_op <> 'DELETE' then insert into recon.event_sum values ${seen('new', '')}; end if;
    return null;
  end $$;
  create trigger event_seen_sums after insert or delete on recon.event_seen for each row execute function recon.keep_event_seen_sums();
  create trigger event_seen_sums_changed after update on recon.event_seen for each row
    when ((${seenKind('old')}) is distinct from (${seenKind('new')})) execute function recon.keep_event_seen_sums();

  -- Both tables are emptied together. A merge that runs at the same time would leave what it has merged.
  create function recon.empty_event_sums() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(${lockOf('event_sum')});
    delete from recon.event_sum;
    return null;
  end $$;
  create trigger event_sums_emptied after truncate on recon.event for each statement execute function recon.empty_event_sums();

  create function recon.merge_event_sums() returns void language plpgsql as $$
  begin
    if not pg_try_advisory_xact_lock(${lockOf('event_sum')}) then return; end if;
    with gone as (delete from recon.event_sum returning *)
    insert into recon.event_sum select state, reason, own, others, sum(events), sum(deliveries) from gone group by 1, 2, 3, 4
      having sum(events) <> 0 or sum(deliveries) <> 0;
  end $$;`;

const writing = (row: string): string => `${row}.posting_key, ${row}.target, ${row}.kind = 'metadata'`;
const change = (row: string, by: '1' | '-1'): string => `
      if ${written(`${row}.result`)} then insert into recon.written_change values (${writing(row)}, ${by}); end if;`;
const asked = (row: string, sign: '' | '-'): string =>
  `(${row}.target, ${sign}1, case when ${row}.requested_at is null then 0 else ${sign}1 end, 0, 0)`;

const keepPostings = `
  create function recon.keep_posting_sums() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then ${change('old', '-1')}
    end if;
    if tg_op <> 'DELETE' then ${change('new', '1')}
    end if;
    if tg_op = 'INSERT' then
      insert into recon.posting_sum values ${asked('new', '')};
    elsif tg_op = 'DELETE' then
      insert into recon.posting_sum values ${asked('old', '-')};
    elsif (old.target, old.requested_at is null) is distinct from (new.target, new.requested_at is null) then
      insert into recon.posting_sum values ${asked('old', '-')}, ${asked('new', '')};
    end if;
    return null;
  end $$;
  create trigger posting_sums after insert or delete on recon.posting for each row execute function recon.keep_posting_sums();
  create trigger posting_sums_changed after update on recon.posting for each row
    when ((${writing('old')}, coalesce(${written('old.result')}, false), old.requested_at is null)
      is distinct from (${writing('new')}, coalesce(${written('new.result')}, false), new.requested_at is null)) execute function recon.keep_posting_sums();

  create function recon.empty_posting_sums() returns trigger language plpgsql as $$
  begin
    perform pg_advisory_xact_lock(${lockOf('posting_sum')});
    truncate recon.written_document, recon.written_change, recon.posting_sum;
    return null;
  end $$;
  create trigger posting_sums_emptied after truncate on recon.posting for each statement execute function recon.empty_posting_sums();

  create function recon.merge_posting_sums() returns void language plpgsql as $$
  begin
    if not pg_try_advisory_xact_lock(${lockOf('posting_sum')}) then return; end if;
    with gone as (delete from recon.written_change returning *),
      net as (select posting_key, target, metadata, sum(change)::integer as change from gone group by 1, 2, 3 having sum(change) <> 0),
      before as (select n.*, coalesce(d.times, 0) as times from net n left join recon.written_document d using (posting_key, target, metadata)),
      kept as (
        insert into recon.written_document as d select posting_key, target, metadata, times + change from before
        on conflict (posting_key, target, metadata) do update set times = excluded.times)
    insert into recon.posting_sum
      select target, 0, 0, coalesce(sum(flip) filter (where not metadata), 0), coalesce(sum(flip) filter (where metadata), 0)
      from (select target, metadata, (times + change > 0)::integer - (times > 0)::integer as flip from before) f where flip <> 0 group by 1;
    with gone as (delete from recon.posting_sum returning *)
    insert into recon.posting_sum select target, sum(postings), sum(requested), sum(documents), sum(metadata) from gone group by 1
      having sum(postings) <> 0 or sum(requested) <> 0 or sum(documents) <> 0 or sum(metadata) <> 0;
  end $$;`;
