import type { EntityManager } from 'typeorm';
import { involvedTargets, ownLedgers, ownState, ownViews } from './own-ledgers-sql.js';

/** `recon.event_seen`: the state of an event for whoever sees some of its ledgers and not all, as `recon.capture_seen` has it of captures (ADR 0096). */
const keep = `
  with wanted as materialized (
    select k.event_id, s.own, s.others, o.state, o.reason
    from recon.event k cross join lateral (${ownViews}) s cross join lateral ${ownState('k.event_id', ownLedgers('s.own'))} o
    where k.event_id = any($1) and cardinality(k.involved) > 1),
  gone as (
    delete from recon.event_seen k where k.event_id = any($1) and not exists (
      select from wanted w where w.event_id = k.event_id and w.own = k.own))
  insert into recon.event_seen as k (event_id, own, others, state, reason) select event_id, own, others, state, reason from wanted
  on conflict (event_id, own) do update set others = excluded.others, state = excluded.state, reason = excluded.reason
  where (k.others, k.state, k.reason) is distinct from (excluded.others, excluded.state, excluded.reason)`;

/** Stores the state of an event, and what its ledgers made of it. The caller has locked its row. */
export async function writeEventState(manager: EntityManager, eventId: string, state: string, reason: string | null): Promise<void> {
  const [rows] = await manager.query<[{ some: boolean }[], number]>(
    `update recon.event set state = $2, reason = $3, involved = ${involvedTargets('$1')}, placed_at = now() where event_id = $1
     returning cardinality(involved) > 1 or exists (select from recon.event_seen k where k.event_id = $1) as some`,
    [eventId, state, reason],
  );
  if (rows[0]?.some) await manager.query(keep, [[eventId]]);
}

/**
 * Places events that nothing is kept for, as `placeCaptures` does. One that is being written is left to whoever writes it.
 * @param limit most events at once. @returns how many were placed.
 */
export async function placeEvents(manager: EntityManager, limit: number): Promise<number> {
  const events = await manager.query<{ event_id: string }[]>(
    'select event_id from recon.event where involved is null order by event_id limit $1 for update skip locked',
    [limit],
  );
  if (events.length === 0) return 0;
  const ids = events.map(({ event_id }) => event_id);
  await place(manager, ids);
  return ids.length;
}

/**
 * Places one event again that an older version has written since it was placed (migration 0035).
 * @returns its id, with its row locked; undefined when there is none that nobody else is writing.
 */
export async function placeAgain(manager: EntityManager): Promise<string | undefined> {
  const [found] = await manager.query<{ event_id: string }[]>(
    'select event_id from recon.event where changed_at > placed_at order by event_id limit 1 for update skip locked',
  );
  if (found) await place(manager, [found.event_id]);
  return found?.event_id;
}

async function place(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager.query(
    `update recon.event e set involved = ${involvedTargets('e.event_id')}, placed_at = changed_at where event_id = any($1)`,
    [ids],
  );
  await manager.query(keep, [ids]);
}
