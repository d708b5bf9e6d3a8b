import type { EntityManager } from 'typeorm';
import { involvedTargets, ownLedgers, ownViews, seenCaptures } from './own-ledgers-sql.js';

/**
 * `recon.capture_seen`: what somebody makes of a capture who sees some of its ledgers and not all (ADR 0096). Whoever sees all that are involved sees
 * the capture as it is stored; whoever sees none of them, that nothing was booked: there are no rows for these. There is one for each ledger of a
 * capture that several are involved in, and one for those who see only what is open and of no ledger.
 */

/** Copied from the capture: what filters look at. */
const facts = ['charge_id', 'part', 'known', 'minor', 'currency', 'received_at', 'targets', 'has_refund', 'has_dispute'];
const derived = ['state', 'standing', 'reconciliation'];
const changing = ['others', ...facts, ...derived];
const list = (columns: readonly string[], prefix = ''): string => columns.map((column) => `${prefix}${column}`).join(', ');

const ofCharges = 'charge_id = any($1)';
const severalInvolved = `select id from recon.capture where ${ofCharges} and cardinality(involved) > 1`;
const rowsOfCharges = `k.${ofCharges} or k.id in (select id from recon.capture where ${ofCharges})`;

const keep = `
  with wanted as materialized (
    select k.id, s.own, s.others, ${list(facts, 'k.')}, ${list(derived, 'v.')}
    from recon.capture k cross join lateral (${ownViews}) s
    cross join lateral ${seenCaptures(ownLedgers('s.own'), '(select k.*)')} v
    where k.${ofCharges} and cardinality(k.involved) > 1),
  gone as (
    delete from recon.capture_seen k where (${rowsOfCharges}) and not exists (select from wanted w where w.id = k.id and w.own = k.own))
  insert into recon.capture_seen as k (id, own, ${list(changing)}) select id, own, ${list(changing)} from wanted
  on conflict (id, own) do update set ${changing.map((column) => `${column} = excluded.${column}`).join(', ')}
  where (${list(changing, 'k.')}) is distinct from (${list(changing, 'excluded.')})`;

/** Brings the rows of some charges up to date, whose captures are. The caller holds the locks of the charges. Most have no rows: that costs one look. */
export async function keepSeen(manager: EntityManager, chargeIds: readonly string[]): Promise<void> {
  const [found] = await manager.query<{ some: boolean }[]>(
    `select exists (${severalInvolved}) or exists (select from recon.capture_seen k where ${rowsOfCharges}) as some`,
    [chargeIds],
  );
  if (found?.some) await manager.query(keep, [chargeIds]);
}

/**
 * Places captures that nothing is kept for: those from before migration 0033, and those that an older version writes beside this one. A charge that is
 * being written is left to whoever writes it. Waits for nobody, and keeps nobody waiting for longer than it takes.
 * @param limit most charges at once. @returns how many charges were placed.
 */
export async function placeCaptures(manager: EntityManager, limit: number): Promise<number> {
  const charges = await manager.query<{ charge_id: string }[]>(
    `select charge_id from (select distinct charge_id from recon.capture where involved is null order by 1 limit $1) c
     where pg_try_advisory_xact_lock(hashtextextended(charge_id, 7))`,
    [limit],
  );
  const ids = charges.map(({ charge_id }) => charge_id);
  if (ids.length === 0) return 0;
  await manager.query(
    `update recon.capture c set involved = ${involvedTargets('c.event_id', { chargeId: 'c.charge_id', part: 'c.part', known: 'c.known' })}
     where ${ofCharges} and involved is null`,
    [ids],
  );
  await keepSeen(manager, ids);
  return ids.length;
}
