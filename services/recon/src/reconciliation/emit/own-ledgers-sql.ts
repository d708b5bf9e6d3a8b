import { documentResults, heldResults, knownDocumentResults, sqlList } from '../../shared/decide/results.js';

/** SQL conditions of what somebody sees of the ledgers: their own ones. */
export interface OwnLedgers {
  /** Condition: the target in a column is an own one. */
  readonly target: (column: string) => string;
  /** Condition: the posting key in a column is of an own target. */
  readonly key: (column: string) => string;
  /** Condition: the topic in a column is of an own target, or of none. */
  readonly topic: (column: string) => string;
}

/** @param own SQL expression: an array of targets. */
export function ownLedgers(own: string): OwnLedgers {
  return {
    target: (column) => `${column} = any(${own})`,
    key: (column) => `${targetOfKey(column)} = any(${own})`,
    topic: (column) => `coalesce(${targetOfTopic(column)} = any(${own}), true)`,
  };
}

/** Target that a posting key is of. */
export const targetOfKey = (column: string): string => `split_part(${column}, '/', 1)`;
/** Target that asks by a topic; null for a topic of no target. */
export const targetOfTopic = (column: string): string => `substring(${column} from '^postings\\.(.+)\\.v[0-9]+$')`;

/**
 * The state of an event from its visible postings, letters and parked messages, with the severity of `eventState`; `shared`: something of it
 * belongs to other targets, so that the stored state says too much.
 */
const stateColumns = `coalesce(bool_or(not mine), false) as shared, coalesce(bool_or(mine and result in (${sqlList(knownDocumentResults)})), false) as has_document,
      case when bool_or(mine and result = 'rejected') then 'deadLettered' when bool_or(mine and result in (${sqlList(heldResults)})) then 'held'
        when bool_or(mine and result is null) then 'inFlight' when bool_or(mine and result in (${sqlList(documentResults)})) then 'posted'
        else 'ignored' end as state`;
const reasonColumn = `case when bool_or(mine and result = 'rejected') then max(code) filter (where mine and result = 'rejected')
        when bool_or(mine and result in (${sqlList(heldResults)})) then max(code) filter (where mine and result in (${sqlList(heldResults)}))
        when bool_or(mine and result is null) or bool_or(mine and result in (${sqlList(documentResults)})) then null
        else coalesce(max(result) filter (where mine), 'no-posting') end as reason`;

/** Condition over `recon.dead_letter d`: an open letter, of a message that nothing has booked all the same. */
const isOpen = `d.state <> 'closed' and not exists (
        select from recon.posting q where q.request_id = d.message_id and q.result in (${sqlList(documentResults)}))`;

/** What became of an event. */
function parts({ target, topic }: OwnLedgers, eventId: string): string {
  return `
      select ${target('q.target')} as mine, coalesce(d.decided, q.result) as result, coalesce(q.code, q.result) as code
      from recon.posting q
      left join lateral (
        select max(case d.result when 'resolved' then 'posted' else d.result end) as decided from recon.dead_letter d
        where d.result in ('skipped', 'resolved') and d.message_id = q.request_id) d on true
      where q.event_id = ${eventId}
      union all select ${topic('d.source_topic')}, case when d.held then 'held' else 'rejected' end, d.code from recon.dead_letter d
      where d.event_id = ${eventId} and ${isOpen}
      union all select ${topic('p.source_topic')}, 'held', 'parked' from recon.parked p where p.event_id = ${eventId} and p.waits`;
}

/** @param eventId SQL expression. */
export const ownState = (eventId: string, own: OwnLedgers): string =>
  `(select ${stateColumns}, ${reasonColumn} from (${parts(own, eventId)}) parts)`;

/** SQL expressions of the columns of a capture that say which receipts are its own. */
export type ReceiptsOf = Readonly<Record<'chargeId' | 'part' | 'known', string>>;

/**
 * The targets that anything of the state of an event is of, sorted; an empty text among them where something open is of no target, which everybody
 * sees. Whoever sees all of them sees what is stored. @param eventId SQL expression. @param of with it, those of a capture: of its comparison as well.
 */
export const involvedTargets = (eventId: string, of?: ReceiptsOf): string => `
  coalesce((select array_agg(distinct i.target order by i.target) from (
    select q.target from recon.posting q where q.event_id = ${eventId}
    union all select coalesce(${targetOfTopic('d.source_topic')}, '') from recon.dead_letter d where d.event_id = ${eventId} and ${isOpen}
    union all select coalesce(${targetOfTopic('p.source_topic')}, '') from recon.parked p where p.event_id = ${eventId} and p.waits
    ${
      of
        ? `union all select ${targetOfKey('r.posting_key')} from recon.reconciliation r
    where ${of.known} and r.charge_id = ${of.chargeId} and r.part = ${of.part}`
        : ''
    }) i (target)), '{}')`;

/** For each ledger that is involved in row `k` what its people see of all that is, `own`: with what is of no ledger, and without the full set. */
export const ownViews = `
  select s.own, array(select i from unnest(k.involved) i where i <> all(s.own)) as others
  from (
    select case when '' = any(k.involved) then array['', t] else array[t] end as own from unnest(k.involved) t where t <> ''
    union all select array[''] where '' = any(k.involved)) s
  where not s.own @> k.involved`;

/**
 * The stored comparison is that of the charge's first receipt. Where that is visible it is shown; the receipt of another visible target is
 * compared here by its amount.
 */
export function seenCaptures(own: OwnLedgers, captures: string): string {
  return `(
    select c.id, c.charge_id, c.part, c.known, c.event_id, c.minor, c.currency, c.received_at, c.settlement, c.targets, c.has_refund, c.has_dispute,
      case when v.shared then o.state else c.state end as state,
      case when v.shared then s.standing else c.standing end as standing,
      case when not v.shared then c.standing_reason when o.state in ('held', 'deadLettered') then o.reason
        when s.standing = 'needsPerson' then coalesce(w.text, 'The ledger does not have this amount')
        when s.standing = 'notBooked' then 'Nothing was asked of a ledger that you may see' end as standing_reason,
      case when v.shared then w.reconciliation else c.reconciliation end as reconciliation,
      case when v.shared then w.text else c.reconciliation_text end as reconciliation_text,
      case when v.shared then w.basis else c.reconciliation_basis end as reconciliation_basis
    from ${captures} c
    cross join lateral ${ownState('c.event_id', own)} o
    cross join lateral (
      select coalesce(bool_or(not ${own.key('r.posting_key')}), false) as others,
        coalesce(${own.key('min(r.posting_key)')}, false) as first_is_own
      from recon.reconciliation r where c.known and r.charge_id = c.charge_id and r.part = c.part) f
    cross join lateral (select o.shared or f.others as shared) v
    left join lateral (
      select * from recon.reconciliation r where c.known and r.charge_id = c.charge_id and r.part = c.part and ${own.key('r.posting_key')}
      order by r.posting_key limit 1) r on true
    cross join lateral (select
      case when r.posting_key is null then null when f.first_is_own then c.reconciliation when r.checked_at is null then 'pending'
        when r.ledger_minor is null then case when o.has_document then 'missing' else 'pending' end
        when r.ledger_minor in (c.minor, (c.settlement ->> 'gross')::numeric) then 'matched' else 'different' end as reconciliation,
      case when f.first_is_own then c.reconciliation_text end as text,
      case when f.first_is_own then c.reconciliation_basis when r.ledger_minor is not null then 'our-reading' end as basis) w
    cross join lateral (select
      case when o.state in ('held', 'deadLettered') or w.reconciliation in ('different', 'missing') then 'needsPerson'
        when o.has_document then 'inLedger' when o.state = 'inFlight' then 'onItsWay' when c.standing = 'failedAtStripe' then c.standing
        else 'notBooked' end as standing) s)`;
}
