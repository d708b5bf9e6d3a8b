import type { CustomerState } from '@tributary/contracts';
import { knownDocumentResults, sqlList } from '../../shared/decide/results.js';
import type { PageStart } from '../../shared/decide/keyset-page.js';

/** Id at the source, of a posting `q`. */
const sourceId = (q: string): string => `split_part(${q}.posting_key, '/', 3)`;
/** A posting `q` that says which customer of its target a customer is. */
const says = (q: string): string =>
  `${q}.kind = 'customer' and ${q}.reference is not null and ${q}.result in (${sqlList(knownDocumentResults)})`;
/** A key that says which company of the target it is, and no customer: all of them have the same one. */
const namesCompany = (key: string): string => `lower(${key}) in ('company', 'companyid', 'company_id', 'cpnyid')`;
/** Keys that two references have in common: a customer may be renamed in the ledger, and keeps its number. */
const sameCustomer = (a: string, b: string): string =>
  `exists (select from jsonb_each_text(${a}) x join jsonb_each_text(${b}) y on x.key = y.key and x.value = y.value where not ${namesCompany('x.key')})`;
/** The newest request counts: what a target said before it was told better is history. */
const isNewest = (q: string): string =>
  `not exists (select from recon.posting newer where newer.posting_key = ${q}.posting_key and ${says('newer')} and newer.concluded_at > ${q}.concluded_at)`;

/** Targets that keep customers. @param seen condition for a column with a target. */
export const customerTargets = (seen: (column: string) => string): string =>
  `select distinct q.target from recon.posting q where q.kind = 'customer' and ${seen('q.target')}`;

/** One row for each of `targets`: what it has for the customer. @param id SQL of the customer's id. */
function pairs(id: string): string {
  return `select t.target, t.target || '/customer/' || ${id} as "postingKey", n.reference, n.concluded_at as since, r.result,
      coalesce(o.others, '{}') as others, h.held is true as held
    from targets t
    left join lateral (
      select q.reference, q.concluded_at from recon.posting q
      where q.posting_key = t.target || '/customer/' || ${id} and ${says('q')} order by q.concluded_at desc limit 1) n on true
    left join lateral (
      select q.result from recon.posting q where q.posting_key = t.target || '/customer/' || ${id} and q.kind = 'customer'
      order by coalesce(q.requested_at, q.concluded_at) desc nulls last, q.request_id limit 1) r on true
    left join lateral (
      select true as held from recon.posting q where q.posting_key = t.target || '/customer/' || ${id} and q.kind = 'customer' and q.result = 'held' limit 1) h on true
    left join lateral (
      select array_agg(one) as others from (
        select distinct ${sourceId('q')} as one from recon.posting q
        where n.reference is not null and recon.reference_values(q.reference) && recon.reference_values(n.reference) and q.target = t.target
          and ${says('q')} and ${sourceId('q')} <> ${id} and ${sameCustomer('q.reference', 'n.reference')} and ${isNewest('q')}
        order by 1 limit 10) as found) o on true`;
}

const stateOfPair = `case when held then 'doubtful' when reference is null then 'missing' when others <> '{}' then 'several' else 'paired' end`;
/** The state of a customer is that of the target that needs most. */
const stateOfAll = `case when bool_or(state = 'doubtful') then 'doubtful' when bool_or(state = 'several') then 'several'
  when count(*) = 0 or bool_or(state = 'missing') then 'missing' else 'paired' end`;

/** SQL of customers `c` (`id`) with `state` and `pairs`. `targets` has to be a named query beside it. */
export function withPairs(ids: string): string {
  return `select c.id, s.state, s.pairs from (${ids}) c
    cross join lateral (
      select ${stateOfAll} as state, coalesce(json_agg(row_to_json(p) order by p.target), '[]') as pairs
      from (select *, ${stateOfPair} as state from (${pairs('c.id')}) q) p) s
    where c.id is not null`;
}

/** Ids of all customers that Stripe told of, one index step each: a page costs as much as it shows. @param cursor SQL of the id to begin at. */
export function allIds(cursor: string, { beyond }: PageStart): string {
  const edge = beyond === '>' ? { fold: 'min', pick: 'least' } : { fold: 'max', pick: 'greatest' };
  const from = (table: string, id: string): string =>
    `(select ${edge.fold}(k.customer_id) from recon.${table} k where k.customer_id ${beyond} ${id})`;
  const step = (id: string): string => `${edge.pick}(${from('event', id)}, ${from('payment', id)})`;
  return `with recursive ids (id) as (select ${step(`coalesce(${cursor}, '')`)} union all select ${step('ids.id')} from ids where ids.id is not null) select id from ids`;
}

/** Ids of the customers that can be in a state, where few are; undefined: they are found among all. */
export function idsInState(state: CustomerState | undefined): string | undefined {
  if (state === 'doubtful')
    return `select distinct ${sourceId('q')} as id from recon.posting q join targets using (target) where q.kind = 'customer' and q.result = 'held'`;
  if (state !== 'several') return undefined;
  return `select distinct unnest(same.ids) as id from (
      select array_agg(distinct ${sourceId('q')}) as ids from recon.posting q join targets using (target)
      cross join jsonb_each_text(case jsonb_typeof(q.reference) when 'object' then q.reference else '{}' end) e
      where ${says('q')} and not ${namesCompany('e.key')} group by q.target, e.key, e.value having count(distinct ${sourceId('q')}) > 1) same`;
}

/** Ids of the customers that have a number in a ledger. @param number SQL of the number. */
export const idsOfNumber = (number: string): string =>
  `select distinct ${sourceId('q')} as id from recon.posting q join targets using (target)
   where ${says('q')} and recon.reference_values(q.reference) @> array[${number}::text]`;

/** What targets said before about a customer, that is another customer than the one they say now. */
export const changedSql = (seen: (column: string) => string): string => `
  select distinct q.target, o.reference as before, n.reference as now from recon.posting q
  join recon.outcome o on o.request_id = q.request_id and o.reference is not null
  join lateral (
    select w.reference from recon.posting w where w.posting_key = q.posting_key and ${says('w')} order by w.concluded_at desc limit 1) n on true
  where q.kind = 'customer' and ${sourceId('q')} = $1 and ${seen('q.target')} and not ${sameCustomer('o.reference', 'n.reference')} limit 20`;
