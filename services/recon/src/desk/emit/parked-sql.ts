/** SQL condition over `recon.parked p`: no later event of the message was read since it was parked, so it is still parked (migration 0026). */
export const stillParked = 'p.waits';

/**
 * SQL for messages that are still parked, with the money that they are about. Several messages of one event are about the same money, so only the
 * first carries the amount. @param which condition over `recon.parked p`.
 */
export const parkedMoney = (which: string): string => `
  select p.consumer_group, p.source_topic, p.source_partition, p.source_offset, p.message_id, p.event_id, p.sequence, p.head_code, p.parked_at,
    case when first.yes then p.minor end as minor, case when first.yes then p.currency end as currency
  from recon.parked p
  cross join lateral (select not exists (
    select from recon.parked o where o.event_id = p.event_id and o.waits
      and (o.parked_at, o.source_topic, o.source_partition, o.source_offset, o.consumer_group)
        < (p.parked_at, p.source_topic, p.source_partition, p.source_offset, p.consumer_group)) as yes) first
  where ${stillParked} and ${which}`;
