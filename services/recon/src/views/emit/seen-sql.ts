import { stillParked } from '../../desk/emit/parked-sql.js';
import { documentResults, heldResults, knownDocumentResults, sqlList } from '../../shared/decide/results.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';

/** SQL of recon's tables as somebody sees them: what Stripe says, and of the ledgers only those of their targets (ADR 0069). */
export interface Seen {
  /** In place of `recon.event`: state and reason without those of other targets. */
  readonly events: string;
  /** The same for whoever goes over all events: worked out for all at once. */
  readonly allEvents: string;
  /** In place of `recon.capture`: state, standing and comparison without those of other targets. */
  readonly captures: string;
  /** The same of some captures: of those in a table expression with the columns of `recon.capture`. */
  readonly capturesIn: (captures: string) => string;
  /** Condition: the target in a column is visible. */
  readonly target: (column: string) => string;
  /** Condition: the posting key in a column is of a visible target. */
  readonly key: (column: string) => string;
  /** Condition: the topic in a column is of a visible target, or of none. */
  readonly topic: (column: string) => string;
  /** The value of the parameter; nothing where everything is visible and no parameter is used. */
  readonly values: readonly unknown[];
}

/** @param parameter number of the parameter of the query that takes {@link Seen.values}. */
export function seenBy(visible: VisibleTargets, parameter: number): Seen {
  const all = (): string => 'true';
  if (visible === '*')
    return {
      events: stored('event'),
      allEvents: stored('event'),
      captures: stored('capture'),
      capturesIn: (captures) => captures,
      target: all,
      key: all,
      topic: all,
      values: [],
    };
  const own = `any($${parameter}::text[])`;
  const target = (column: string): string => `${column} = ${own}`;
  const key = (column: string): string => `split_part(${column}, '/', 1) = ${own}`;
  const topic = (column: string): string => `coalesce(substring(${column} from '^postings\\.(.+)\\.v[0-9]+$') = ${own}, true)`;
  const conditions = { target, key, topic };
  return {
    ...conditions,
    events: seenEvents(`cross join lateral ${ownState('e.event_id', conditions)} o`),
    allEvents: seenEvents(
      `left join (select event_id, ${stateColumns}, ${reasonColumn} from (${parts(conditions)}) parts group by event_id) o on o.event_id = e.event_id`,
    ),
    captures: seenCaptures(conditions, stored('capture')),
    capturesIn: (captures) => seenCaptures(conditions, captures),
    values: [visible],
  };
}

const stored = (table: string): string => `recon.${table}`;

type Conditions = Pick<Seen, 'target' | 'key' | 'topic'>;

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

/** What became of events: of one, or of all. */
function parts({ target, topic }: Conditions, eventId?: string): string {
  const of = (column: string): string => (eventId === undefined ? 'true' : `${column} = ${eventId}`);
  const decided = `select d.message_id, max(case d.result when 'resolved' then 'posted' else d.result end) as decided from recon.dead_letter d
        where d.result in ('skipped', 'resolved')`;
  const decisions =
    eventId === undefined
      ? `left join (${decided} group by 1) d on d.message_id = q.request_id`
      : `left join lateral (${decided} and d.message_id = q.request_id group by 1) d on true`;
  return `
      select q.event_id, ${target('q.target')} as mine, coalesce(d.decided, q.result) as result, coalesce(q.code, q.result) as code
      from recon.posting q ${decisions}
      where ${of('q.event_id')}
      union all select d.event_id, ${topic('d.source_topic')}, case when d.held then 'held' else 'rejected' end, d.code from recon.dead_letter d
      where ${of('d.event_id')} and d.state <> 'closed' and not exists (
        select from recon.posting q where q.request_id = d.message_id and q.result in (${sqlList(documentResults)}))
      union all select p.event_id, ${topic('p.source_topic')}, 'held', 'parked' from recon.parked p where ${of('p.event_id')} and ${stillParked}`;
}

const ownState = (eventId: string, conditions: Conditions): string =>
  `(select ${stateColumns}, ${reasonColumn} from (${parts(conditions, eventId)}) parts)`;

/** @param withOwnState joins `o`, the state by what is visible. */
function seenEvents(withOwnState: string): string {
  return `(
    select e.event_id, e.type, e.deliveries, e.first_received_at, e.translated_at, e.changed_at, e.charge_key, e.raw_minor, e.raw_currency, e.masked,
      case when o.shared then o.state else e.state end as state, case when o.shared then o.reason else e.reason end as reason
    from recon.event e ${withOwnState})`;
}

/**
 * The stored comparison is that of the charge's first receipt. Where that is visible it is shown; the receipt of another visible target is
 * compared here by its amount.
 */
function seenCaptures(conditions: Conditions, captures: string): string {
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
    cross join lateral ${ownState('c.event_id', conditions)} o
    cross join lateral (
      select coalesce(bool_or(not ${conditions.key('r.posting_key')}), false) as others,
        coalesce(${conditions.key('min(r.posting_key)')}, false) as first_is_own
      from recon.reconciliation r where c.known and r.charge_id = c.charge_id and r.part = c.part) f
    cross join lateral (select o.shared or f.others as shared) v
    left join lateral (
      select * from recon.reconciliation r where c.known and r.charge_id = c.charge_id and r.part = c.part and ${conditions.key('r.posting_key')}
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
