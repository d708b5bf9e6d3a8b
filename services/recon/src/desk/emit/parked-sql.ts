/** SQL condition over `recon.parked p`: no later event of the message was read since it was parked, so it is still parked. */
export const stillParked = `
  not exists (select from recon.event e where e.event_id = p.message_id and e.translated_at is not null)
  and not exists (select from recon.fact f where f.canonical_id = p.message_id and f.routed_at is not null)
  and not exists (select from recon.posting q where q.request_id = p.message_id and q.result is not null)
  and not exists (select from recon.dead_letter d where d.message_id = p.message_id)`;

/** SQL that joins the event `e` of a parked message `p`, and the captured charge `c` that the event reports. */
export const moneyOfParked = `
  left join recon.event e on e.event_id = p.event_id
  left join lateral (select minor, currency from recon.capture c where c.event_id = p.event_id order by c.id limit 1) c on true`;

const minor = 'coalesce(c.minor, e.raw_minor)';
/**
 * SQL columns with the money of a parked message, after {@link moneyOfParked}: of the captured charge, else of the raw body of its event.
 */
export const parkedAmount = `${minor} as minor, case when c.minor is null then e.raw_currency else c.currency end as currency`;

/** SQL for messages that are still parked. Several messages of one event are about the same money, so only the first carries the amount. */
export const parkedMoney = `
  select waiting.*, case when nth = 1 then event_minor end as minor, case when nth = 1 then event_currency end as currency
  from (
    select p.*, ${minor} as event_minor, case when c.minor is null then e.raw_currency else c.currency end as event_currency,
      row_number() over (partition by p.event_id order by p.parked_at, p.source_topic, p.source_partition, p.source_offset, p.consumer_group) as nth
    from recon.parked p ${moneyOfParked} where ${stillParked}) as waiting`;
