import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether a parked message still waits, and the money that it is about, stand beside it instead of being worked out from five tables for each reader.
 * Triggers keep both: whoever writes what the message becomes need not know of it, and a table that nothing waits in costs an empty index to look at.
 * A message that was read since it was parked never waits again.
 */
export class WaitingMessages1700000000026 implements MigrationInterface {
  readonly name = 'WaitingMessages1700000000026';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('set local statement_timeout = 0'); // the update goes over all messages that were ever parked
    await runner.query(`
      alter table recon.parked add column waits boolean not null default true, add column minor numeric(20,0), add column currency text;
      ${readNow}
      update recon.parked p set waits = recon.still_waits(p.message_id);
      update recon.parked p set (minor, currency) = (select m.minor, m.currency from recon.money_of_event(p.event_id) m) where waits;
      create index parked_message on recon.parked (message_id) where waits;
      create index parked_waiting on recon.parked (parked_at, consumer_group, source_topic, source_partition, source_offset) where waits;
      create index parked_behind on recon.parked (consumer_group, source_topic, sequence, source_partition, source_offset) where waits;
      drop index recon.parked_newest;
      ${startWaiting}
      ${ends.map(endWaiting).join('')}
      ${keepMoney}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger parked_starts on recon.parked; drop function recon.start_waiting();
      ${ends.map(({ table }) => `drop trigger ${table}_ends_waiting on recon.${table}; drop function recon.${table}_ends_waiting();`).join(' ')}
      ${moneyOf.map((table) => `drop trigger ${table}_tells_money on recon.${table}; drop trigger ${table}_changes_money on recon.${table};`).join(' ')}
      drop function recon.event_tells_money(); drop function recon.capture_tells_money();
      drop function recon.still_waits(text); drop function recon.money_of_event(text);
      drop index recon.parked_message; drop index recon.parked_waiting; drop index recon.parked_behind;
      alter table recon.parked drop column waits, drop column minor, drop column currency;
      create index parked_newest on recon.parked (parked_at, consumer_group, source_topic, source_partition, source_offset);
    `);
  }
}

const readNow = `
  create function recon.still_waits(message text) returns boolean language sql stable as $$
    select not exists (select from recon.event e where e.event_id = $1 and e.translated_at is not null)
      and not exists (select from recon.fact f where f.canonical_id = $1 and f.routed_at is not null)
      and not exists (select from recon.posting q where q.request_id = $1 and q.result is not null)
      and not exists (select from recon.dead_letter d where d.message_id = $1) $$;
  -- Of the captured charge that the event reports, else of the raw body of the event.
  create function recon.money_of_event(event text, out minor numeric, out currency text) language sql stable as $$
    select coalesce(c.minor, e.raw_minor), case when c.minor is null then e.raw_currency else c.currency end
    from (select) as one
    left join lateral (select c.minor, c.currency from recon.capture c where c.event_id = $1 order by c.id limit 1) c on true
    left join lateral (select e.raw_minor, e.raw_currency from recon.event e where e.event_id = $1) e on true $$;`;

const startWaiting = `
  create function recon.start_waiting() returns trigger language plpgsql as $$
  begin
    new.waits := recon.still_waits(new.message_id);
    if new.waits then
      select m.minor, m.currency into new.minor, new.currency from recon.money_of_event(new.event_id) m;
    end if;
    return new;
  end $$;
  create trigger parked_starts before insert on recon.parked for each row execute function recon.start_waiting();`;

/** What says that a message of this id was read since: the column that is set then; a dead letter says it by itself. */
const ends = [
  { table: 'event', id: 'event_id', set: 'translated_at' },
  { table: 'fact', id: 'canonical_id', set: 'routed_at' },
  { table: 'posting', id: 'request_id', set: 'result' },
  { table: 'dead_letter', id: 'message_id', set: 'message_id' },
] as const;

const endWaiting = ({ table, id, set }: (typeof ends)[number]): string => `
  create function recon.${table}_ends_waiting() returns trigger language plpgsql as $$
  begin
    update recon.parked set waits = false where waits and message_id = new.${id};
    return null;
  end $$;
  create trigger ${table}_ends_waiting after insert or update of ${set} on recon.${table} for each row when (new.${set} is not null)
    execute function recon.${table}_ends_waiting();`;

const moneyOf = ['event', 'capture'] as const;
const keepMoney = `
  create function recon.event_tells_money() returns trigger language plpgsql as $$
  begin
    update recon.parked p set (minor, currency) = (select m.minor, m.currency from recon.money_of_event(p.event_id) m)
    where waits and event_id = new.event_id;
    return null;
  end $$;
  create trigger event_tells_money after insert on recon.event for each row when (new.raw_minor is not null)
    execute function recon.event_tells_money();
  create trigger event_changes_money after update of raw_minor, raw_currency on recon.event for each row
    when ((old.raw_minor, old.raw_currency) is distinct from (new.raw_minor, new.raw_currency)) execute function recon.event_tells_money();

  create function recon.capture_tells_money() returns trigger language plpgsql as $$
  begin
    if tg_op <> 'INSERT' then
      update recon.parked p set (minor, currency) = (select m.minor, m.currency from recon.money_of_event(p.event_id) m)
      where waits and event_id = old.event_id;
    end if;
    if tg_op <> 'DELETE' then
      update recon.parked p set (minor, currency) = (select m.minor, m.currency from recon.money_of_event(p.event_id) m)
      where waits and event_id = new.event_id;
    end if;
    return null;
  end $$;
  create trigger capture_tells_money after insert or delete on recon.capture for each row execute function recon.capture_tells_money();
  create trigger capture_changes_money after update of minor, currency, event_id on recon.capture for each row
    when ((old.minor, old.currency, old.event_id) is distinct from (new.minor, new.currency, new.event_id)) execute function recon.capture_tells_money();`;
