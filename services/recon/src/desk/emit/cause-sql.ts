import { visibleTopic } from './dead-letter-filter.js';
import { stillParked } from './parked-sql.js';

const cause = 'code, consumer_group, held';

/**
 * SQL of the causes of letters that are not closed, the cause with the most letters first. Parameter `$1`: topics that may be seen. A message that
 * waits behind several letters of a cause is counted behind each of them; its money is counted once.
 */
export const causesSql = `
  with open as materialized (
    select l.id, l.code, l.consumer_group, l.held, l.state, l.minor, l.currency, l.dead_at, l.source_topic, l.source_partition, l.sequence, l.source_offset
    from recon.dead_letter l where l.state <> 'closed' and l.id is not null and ${visibleTopic('l.source_topic', '$1')}),
  waiting as materialized (
    select ${cause}, event_id, count(*) as messages, min(minor) as minor, min(currency) as currency
    from (
      select l.code, l.consumer_group, l.held, p.event_id, p.minor, p.currency
      from recon.parked p join recon.dead_letter l on l.state <> 'closed' and l.id is not null and ${visibleTopic('l.source_topic', '$1')}
        and l.consumer_group = p.consumer_group and l.source_topic = p.source_topic and l.sequence = p.sequence
        and l.source_partition = p.source_partition and l.source_offset < p.source_offset
      where ${stillParked}) as pairs
    group by ${cause}, event_id),
  counts as (
    select ${cause}, count(*)::int as count, count(*) filter (where state = 'ordered')::int as ordered, min(dead_at) as oldest, max(dead_at) as newest
    from open group by ${cause}),
  money as (${sums('open')}),
  behind as (${sums('waiting')}),
  messages as (select ${cause}, sum(messages)::int as parked_behind from waiting group by ${cause})
  select c.*, coalesce(m.parked_behind, 0) as parked_behind, e.text as example, e.id as example_of,
    ${amounts('money')} as money, ${amounts('behind')} as money_behind
  from counts c left join messages m using (${cause})
  cross join lateral (
    select l.id, l.text from recon.dead_letter l
    where l.state <> 'closed' and l.id is not null and l.code = c.code and l.consumer_group = c.consumer_group and l.held = c.held
      and ${visibleTopic('l.source_topic', '$1')} order by l.dead_at desc, l.id limit 1) e
  order by c.count desc, c.code, c.consumer_group`;

function sums(rows: string): string {
  return `select ${cause}, currency, sum(minor)::text as minor from ${rows} where minor is not null group by ${cause}, currency`;
}

function amounts(of: string): string {
  return `(select coalesce(json_agg(json_build_object('minor', s.minor, 'currency', s.currency) order by s.currency), '[]') from ${of} s
    where s.code = c.code and s.consumer_group = c.consumer_group and s.held = c.held)`;
}
