import type { DataSource } from 'typeorm';

type Rows = readonly object[];

const facts = `
  coalesce((select array_agg(distinct q.target order by q.target) from recon.posting q where q.event_id = c.event_id), '{}') as targets,
  c.known and exists (select from recon.payment_news n where n.charge_id = c.charge_id and n.kind like 'refund%') as has_refund,
  c.known and exists (select from recon.payment_news n where n.charge_id = c.charge_id and n.kind like 'dispute%' and not n.inquiry) as has_dispute`;
const sums = (count: string, minor: string, from: string): string => `
  select currency, standing, state, reconciliation, targets, has_refund, has_dispute, ${count}::int as count, ${minor}::text as minor from ${from}
  group by 1, 2, 3, 4, 5, 6, 7 having ${count} <> 0 or ${minor} <> 0 order by 1, 2, 3, 4, 5, 6, 7`;

/** Sums of payments as they are kept, and as they follow from the captures, what ledgers were asked and what Stripe reported. */
export async function paymentSums(database: DataSource): Promise<{ readonly kept: Rows; readonly workedOut: Rows }> {
  const kept = await database.query<object[]>(sums('sum(count)', 'sum(minor)', 'recon.payment_sum where others is null'));
  const captures = `(select c.currency, c.standing, c.state, c.reconciliation, c.minor, ${facts} from recon.capture c) c`;
  return { kept, workedOut: await database.query<object[]>(sums('count(*)', 'coalesce(sum(minor), 0)', captures)) };
}

/** Parked messages that wait, with their money: as both are kept, and as both follow from what became of the messages and of their events. */
export async function waitingMessages(database: DataSource): Promise<{ readonly kept: Rows; readonly workedOut: Rows }> {
  const kept = await database.query<object[]>('select message_id, minor::text, currency from recon.parked where waits order by 1');
  const workedOut = await database.query<object[]>(`
    select p.message_id, coalesce(c.minor, e.raw_minor)::text as minor, case when c.minor is null then e.raw_currency else c.currency end as currency
    from recon.parked p left join recon.event e on e.event_id = p.event_id
    left join lateral (select minor, currency from recon.capture c where c.event_id = p.event_id order by c.id limit 1) c on true
    where not exists (select from recon.event e where e.event_id = p.message_id and e.translated_at is not null)
      and not exists (select from recon.fact f where f.canonical_id = p.message_id and f.routed_at is not null)
      and not exists (select from recon.posting q where q.request_id = p.message_id and q.result is not null)
      and not exists (select from recon.dead_letter d where d.message_id = p.message_id) order by 1`);
  return { kept, workedOut };
}
