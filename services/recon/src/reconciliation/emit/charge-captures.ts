import type { EntityManager } from 'typeorm';
import { knownDocumentResults, resultsByProgress, sqlList } from '../../shared/decide/results.js';
import { capturesOf } from '../decide/captures.js';
import type { CaptureRow, ChargeEvidence, StoredPayment } from '../decide/captures.js';
import { involvedTargets } from './own-ledgers-sql.js';
import { keepSeen } from './seen-captures.js';

/**
 * Charges whose rows depend on an event: charges that the event reports, and charges whose receipts or bookings are postings of the event.
 */
export async function chargesOfEvent(manager: EntityManager, eventId: string): Promise<string[]> {
  const rows = await manager.query<{ charge_id: string }[]>(
    `select charge_key as charge_id from recon.event where event_id = $1 and raw_capture
     union select charge_id from recon.payment where event_id = $1
     union select charge_id from recon.payment_news where event_id = $1
     union select r.charge_id from recon.posting q join recon.reconciliation r using (posting_key) where q.event_id = $1 and q.kind = 'cash-receipt'
     order by 1`,
    [eventId],
  );
  return rows.map(({ charge_id }) => charge_id);
}

const milliseconds = (column: string): string => `(extract(epoch from ${column}) * 1000)::float8`;
const list = (select: string): string => `coalesce((select json_agg(row) from (${select}) as row), '[]')`;

const payments = `
  select p.part, p.event_id as "eventId", json_build_object('minor', p.minor::text, 'currency', p.currency) as amount,
    ${milliseconds('p.received_at')} as "receivedAtMs", ${milliseconds('now()')} - ${milliseconds('p.recorded_at')} as "ageMs",
    p.balance_transaction_id as "balanceTransactionId", coalesce(e.state, 'inFlight') as state, e.reason, q.result,
    r.posting_key is not null as requested, r.state as "storedState",
    case when r.posting_key is null then null else json_build_object(
      'postingKey', r.posting_key, 'checkedAtMs', ${milliseconds('r.checked_at')}, 'released', r.released, 'problem', r.problem,
      'ledger', case when r.ledger_minor is null then null else json_build_object('minor', r.ledger_minor::text, 'currency', r.ledger_currency) end,
      'clearing', case when r.clearing_account is null then null else json_build_object(
        'account', r.clearing_account, 'currency', r.clearing_currency, 'minor', r.clearing_minor::text) end) end as reading
  from recon.payment p
  left join recon.event e on e.event_id = p.event_id
  left join lateral (select * from recon.reconciliation r where r.charge_id = p.charge_id and r.part = p.part order by r.posting_key limit 1) r on true
  left join lateral (
    select result from recon.posting q where q.posting_key = r.posting_key
    order by array_position(array[${sqlList(resultsByProgress)}], result) nulls last limit 1) q on true
  where p.charge_id = $1 order by p.received_at, p.part`;

const settlements = `
  select balance_transaction_id as id, currency, gross::text, fee::text, net::text from recon.settlement where charge_id = $1 order by 1`;

/** Whether the event of a row of `recon.payment_news` is still processed. One that is not known any more is not. */
export const newsInFlight = (row: string): string =>
  `exists (select from recon.event e where e.event_id = ${row}.event_id and e.state = 'inFlight')`;

/**
 * Without the words of Stripe, which may be encrypted and decide nothing. A fact counts as booked when one of its postings has a document in the ledger. A new flow for refunds therefore closes the break without
 * a change of this query.
 */
const news = `
  select n.fact_id as "factId", n.event_id as "eventId", n.charge_id as "chargeId", n.kind, n.object_id as "objectId",
    ${milliseconds('n.at')} as "atMs", n.minor::text, n.currency, n.status, null as reason, n.inquiry,
    exists (select from recon.posting q where q.canonical_id = n.fact_id and q.kind <> 'metadata'
      and q.result in (${sqlList(knownDocumentResults)})) as booked, ${newsInFlight('n')} as "inFlight"
  from recon.payment_news n where n.charge_id = $1 order by n.at, n.fact_id`;

const raw = `
  select e.event_id as "eventId", e.raw_growth as growth, ${milliseconds('coalesce(e.raw_at, e.first_received_at, e.changed_at)')} as "chargedAtMs",
    case when e.raw_minor is null then null else json_build_object('minor', e.raw_minor::text, 'currency', e.raw_currency) end as amount,
    e.state, e.reason
  from recon.event e where e.charge_key = $1 and e.raw_capture order by e.event_id`;

type Nullable<T> = { readonly [Key in keyof T]: T[Key] | null };

/**
 * Serialises transactions that change the facts of one charge. Always locked before rows of `recon.reconciliation`; the opposite order
 * could deadlock.
 */
export async function lockCharge(manager: EntityManager, chargeId: string): Promise<void> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 7))`, [chargeId]);
}

/**
 * Updates the rows of one charge from everything known about it. The caller has already locked the event's row, if there is one; the lock
 * of the charge is taken last, so that two transactions cannot deadlock.
 */
export async function refreshCharge(manager: EntityManager, chargeId: string): Promise<readonly CaptureRow[]> {
  await lockCharge(manager, chargeId);
  const [known] = await manager.query<
    (Omit<ChargeEvidence, 'chargeId'> & { payments: (StoredPayment & { storedState: string | null })[] })[]
  >(`select ${list(payments)} as payments, ${list(settlements)} as settlements, ${list(news)} as news, ${list(raw)} as raw`, [chargeId]);
  if (!known) return [];
  const rows = capturesOf(withoutNulls(chargeId, known));
  await manager.query(`delete from recon.capture where charge_id = $1 and id <> all($2)`, [chargeId, rows.map(({ id }) => id)]);
  for (const row of rows) await writeCapture(manager, chargeId, row);
  await keepSeen(manager, [chargeId]);
  for (const { part, reading, storedState } of known.payments) {
    const state = rows.find((row) => row.known && row.part === part)?.reconciliation ?? 'pending';
    if (reading && state !== storedState)
      await manager.query(`update recon.reconciliation set state = $2 where posting_key = $1`, [reading.postingKey, state]);
  }
  return rows;
}

/** Converts null of PostgreSQL's JSON to undefined, which the evidence uses. */
function withoutNulls(chargeId: string, known: Omit<ChargeEvidence, 'chargeId'>): ChargeEvidence {
  const optional = <T>(value: T | null | undefined): T | undefined => value ?? undefined;
  return {
    ...known,
    chargeId,
    raw: known.raw.map((one) => ({ ...one, amount: optional(one.amount) })),
    payments: known.payments.map((payment) => {
      const reading = payment.reading as Nullable<NonNullable<StoredPayment['reading']>> | null | undefined;
      return {
        ...payment,
        reading: reading
          ? {
              postingKey: reading.postingKey ?? '',
              checkedAtMs: optional(reading.checkedAtMs),
              ledger: optional(reading.ledger),
              released: reading.released ?? false,
              clearing: optional(reading.clearing),
              problem: reading.problem,
            }
          : undefined,
      };
    }),
  };
}

/** Targets that the event of a capture asked for documents; sorted, so that the same ones are the same value. */
const askedTargets = `coalesce((select array_agg(distinct q.target order by q.target) from recon.posting q where q.event_id = $5), '{}')`;
/** Whether Stripe reported such news of a known capture. An inquiry of a bank is no dispute: it moves no money. */
const hasNews = (kind: string): string => `$4 and exists (select from recon.payment_news n where n.charge_id = $2 and n.kind ${kind})`;

const involved = involvedTargets('$5', { chargeId: '$2', part: '$3', known: '$4' });

async function writeCapture(manager: EntityManager, chargeId: string, row: CaptureRow): Promise<void> {
  await manager.query(
    `insert into recon.capture as c (id, charge_id, part, known, event_id, minor, currency, received_at, state, standing, standing_reason,
       reconciliation, reconciliation_text, reconciliation_basis, settlement, targets, has_refund, has_dispute, involved)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, ${askedTargets}, ${hasNews("like 'refund%'")},
       ${hasNews("like 'dispute%' and not n.inquiry")}, ${involved})
     on conflict (id) do update set charge_id = excluded.charge_id, part = excluded.part, known = excluded.known, event_id = excluded.event_id,
       minor = excluded.minor, currency = excluded.currency, received_at = excluded.received_at, state = excluded.state,
       standing = excluded.standing, standing_reason = excluded.standing_reason, reconciliation = excluded.reconciliation,
       reconciliation_text = excluded.reconciliation_text, reconciliation_basis = excluded.reconciliation_basis, settlement = excluded.settlement,
       targets = excluded.targets, has_refund = excluded.has_refund, has_dispute = excluded.has_dispute, involved = excluded.involved
     where (c.state, c.standing, c.standing_reason, c.reconciliation, c.reconciliation_text, c.reconciliation_basis, c.settlement, c.minor, c.currency,
         c.received_at, c.event_id, c.charge_id, c.targets, c.has_refund, c.has_dispute, c.involved)
       is distinct from (excluded.state, excluded.standing, excluded.standing_reason, excluded.reconciliation, excluded.reconciliation_text,
         excluded.reconciliation_basis, excluded.settlement, excluded.minor, excluded.currency, excluded.received_at, excluded.event_id, excluded.charge_id,
         excluded.targets, excluded.has_refund, excluded.has_dispute, excluded.involved)`,
    [
      row.id,
      chargeId,
      row.part,
      row.known,
      row.eventId,
      row.amount?.minor ?? null,
      row.amount?.currency ?? null,
      new Date(row.receivedAtMs),
      row.state,
      row.standing,
      row.standingReason,
      row.reconciliation,
      row.reconciliationText,
      row.reconciliationBasis,
      row.settlement ? JSON.stringify(row.settlement) : null,
    ],
  );
}
