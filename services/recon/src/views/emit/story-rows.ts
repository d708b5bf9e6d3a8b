import type { KnownNews } from '../../reconciliation/decide/news.js';
import { parkedBehind } from '../../desk/emit/dead-letter.repository.js';
import { stillParked } from '../../desk/emit/parked-sql.js';
import { newsInFlight } from '../../reconciliation/emit/charge-captures.js';
import { knownDocumentResults, sqlList } from '../../shared/decide/results.js';
import type { GroupDecisionRow, OrderRow } from '../decide/decision-steps.js';
import type { Seen } from './seen-sql.js';

/** Runs a query and returns its rows. */
export type Query = <Row>(sql: string, values: unknown[]) => Promise<Row[]>;

/** A dead letter of the payment that is not closed. */
export interface LetterRow {
  readonly id: string;
  readonly source_topic: string | null;
  readonly code: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly state: string;
  readonly dead_at: Date;
  readonly parked_behind: number;
}

/** A movement of Stripe's balance, with the payout that it is in. */
export interface MovementRow {
  readonly id: string;
  readonly category: string;
  readonly currency: string;
  readonly gross: string;
  readonly fee: string;
  readonly net: string;
  readonly created: string;
  readonly source: string | null;
  readonly payout_id: string | null;
}

const mostLetters = 100;
const mostMovements = 500;

/** Letters of these events that are not closed, the oldest first. @param seen for parameter 2. */
export function openLetters(query: Query, eventIds: readonly string[], seen: Seen): Promise<LetterRow[]> {
  return query(
    `select l.id, l.source_topic, l.code, l.text, l.held, l.state, l.dead_at, ${parkedBehind} from recon.dead_letter l
     where l.event_id = any($1) and l.state <> 'closed' and l.id is not null and ${seen.topic('l.source_topic')} order by l.dead_at, l.id limit ${mostLetters}`,
    [eventIds, ...seen.values],
  );
}

/** How many messages of these events wait behind a failed one that is not of these events. @param seen for parameter 2. */
export async function parkedBehindOthers(query: Query, eventIds: readonly string[], seen: Seen): Promise<number> {
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from recon.parked p where p.event_id = any($1) and ${seen.topic('p.source_topic')} and ${stillParked}
     and not exists (select from recon.dead_letter l where l.event_id = any($1) and l.state <> 'closed' and l.consumer_group = p.consumer_group
       and l.source_topic = p.source_topic and l.source_partition = p.source_partition and l.sequence = p.sequence)`,
    [eventIds, ...seen.values],
  );
  return row?.count ?? 0;
}

/** What Stripe reported about a charge, oldest first, each with whether a document of a visible target books it. @param seen for parameter 2. */
export function knownNews(query: Query, chargeId: string, seen: Seen): Promise<KnownNews[]> {
  return query(
    `select n.fact_id as "factId", n.event_id as "eventId", n.charge_id as "chargeId", n.kind, n.object_id as "objectId",
       (extract(epoch from n.at) * 1000)::float8 as "atMs", n.minor::text, n.currency, n.status, null as reason, n.inquiry,
       exists (select from recon.posting q where q.canonical_id = n.fact_id and q.kind <> 'metadata' and ${seen.target('q.target')}
         and q.result in (${sqlList(knownDocumentResults)})) as booked, ${newsInFlight('n')} as "inFlight"
     from recon.payment_news n where n.charge_id = $1 order by n.at, n.fact_id limit 1000`,
    [chargeId, ...seen.values],
  );
}

/** Movements of Stripe's balance because of a charge: its own, and those of its refunds and disputes. */
export async function movementsOf(query: Query, chargeId: string, objectIds: readonly string[]): Promise<MovementRow[]> {
  return query(
    `select id, coalesce(nullif(category, ''), type) as category, currency, gross::text, fee::text, net::text, created::text, source, payout_id
     from recon.movement where source = any($2) or id in (
       select balance_transaction_id from recon.settlement where charge_id = $1
       union select balance_transaction_id from recon.payment where charge_id = $1)
     order by created, id limit ${mostMovements}`,
    [chargeId, [chargeId, ...objectIds]],
  );
}

/** Balance transactions of a charge as their fact tells them, for those that the balance was not read for. */
export function settlementsOf(query: Query, chargeId: string): Promise<Omit<MovementRow, 'source' | 'payout_id'>[]> {
  return query(
    `select s.balance_transaction_id as id, coalesce(s.category, 'charge') as category, s.currency, s.gross::text, s.fee::text, s.net::text,
       coalesce((select extract(epoch from min(received_at))::bigint::text from recon.payment p where p.charge_id = s.charge_id), '0') as created
     from recon.settlement s where s.charge_id = $1 order by 1 limit ${mostMovements}`,
    [chargeId],
  );
}

/** The movements of payouts themselves. */
export function payoutsOf(query: Query, payoutIds: readonly string[]): Promise<MovementRow[]> {
  return query(
    `select id, category, currency, gross::text, fee::text, net::text, created::text, source, payout_id
     from recon.movement where category = 'payout' and source = any($1) order by created`,
    [payoutIds],
  );
}

/** Orders about letters of these events, of which every target may be seen. @param seen for parameter 2. */
export function ordersAbout(query: Query, eventIds: readonly string[], seen: Seen): Promise<OrderRow[]> {
  const whole = seen.values.length === 0 ? 'true' : 'o.targets <@ $2::text[]';
  return query(
    `select o.id, i.letter_id, o.action, case when jsonb_typeof(o.reference) = 'object' then o.reference ->> 'answer' end as answer, i.edited is not null as edited,
       o.reason, o.ordered_by, o.ordered_at, o.approver ->> 'name' as approved_by, o.approval_reason, o.approved_at, o.refused_by, o.refusal_reason,
       o.cancelled_by, o.cancel_reason, o.ended_at, i.result, i.closed_at
     from recon.dead_letter l join recon.dead_letter_order_item i on i.letter_id = l.id join recon.dead_letter_order o on o.id = i.order_id
     where l.event_id = any($1) and ${seen.topic('l.source_topic')} and ${whole} order by o.ordered_at, i.id limit ${mostLetters}`,
    [eventIds, ...seen.values],
  );
}

/** What was decided about groups of documents: `target` and `group` of the same place of both lists belong together. */
export function groupDecisions(query: Query, targets: readonly string[], groups: readonly string[]): Promise<GroupDecisionRow[]> {
  if (groups.length === 0) return Promise.resolve([]);
  return query(
    `select a.sequence::text, a.at, a.name, a.action, a.object, a.target, a.reason from recon.audit a
     join unnest($1::text[], $2::text[]) as g (target, object) on a.object = g.object and a.target = g.target
     where a.action like 'group.%' order by a.sequence limit ${mostLetters}`,
    [targets, groups.map((group) => `group:${group}`)],
  );
}
