import { withDatabase } from '@tributary/persistence';
import type { DataSource, EntityManager } from 'typeorm';
import { topics } from '@tributary/contracts';
import { eventState } from '../decide/event-state.js';
import type { EventStanding } from '../decide/event-state.js';
import type { EventSubject } from '../decide/event-subject.js';
import { chargesOfEvent, refreshCharge } from '../../reconciliation/emit/charge-captures.js';
import { writeEventState } from '../../reconciliation/emit/seen-events.js';

const noSubject: EventSubject = { customerId: null, occurredAt: null };

/**
 * Records something about an event, and updates the event's state and its captured charges in the same transaction. The transaction locks
 * the event's row first, so that messages of one event are applied one after another.
 * @param eventId id that PostgreSQL can hold ({@link storableId}). @param subject whom it is about; what is known already stays.
 * @throws {DatabaseUnavailableError} while PostgreSQL is unavailable. I2: the partition is paused, because a record dead-lettered here
 * would be missing from the counts for good.
 */
export async function inEventTransaction(
  dataSource: DataSource,
  eventId: string,
  work: (manager: EntityManager) => Promise<void>,
  subject: EventSubject = noSubject,
): Promise<void> {
  const record = async (manager: EntityManager): Promise<void> => {
    await manager.query(
      `insert into recon.event as e (event_id, customer_id, occurred_at) values ($1, $2, $3)
       on conflict (event_id) do update set changed_at = now(), texts_overwritten_at = null,
         customer_id = coalesce(excluded.customer_id, e.customer_id), occurred_at = least(excluded.occurred_at, e.occurred_at)`,
      [eventId, subject.customerId, subject.occurredAt],
    );
    await work(manager);
    const { state, reason } = eventState(await standingOf(manager, eventId));
    await writeEventState(manager, eventId, state, reason ?? null);
    for (const chargeId of await chargesOfEvent(manager, eventId)) await refreshCharge(manager, chargeId);
  };
  await withDatabase(`recording what became of event ${eventId}`, () => dataSource.transaction(record));
}

async function standingOf(manager: EntityManager, eventId: string): Promise<EventStanding> {
  const query = <Row>(sql: string): Promise<Row[]> => manager.query<Row[]>(sql, [eventId]);
  const [event] = await query<{ translated_at: Date | null; canonical_count: number | null; ignored_reason: string | null }>(
    `select translated_at, canonical_count, ignored_reason from recon.event where event_id = $1`,
  );
  const facts = await query<{ canonical_id: string; routed_at: Date | null; ignored_reason: string | null }>(
    `select canonical_id, routed_at, ignored_reason from recon.fact where event_id = $1`,
  );
  const postings = await query<{ request_id: string; result: string | null; code: string | null }>(
    `select request_id, result, code from recon.posting where event_id = $1 order by request_id`,
  );
  const letters = await query<{ message_id: string; code: string; held: boolean; state: string; result: string | null }>(
    `select message_id, code, held, state, result from recon.dead_letter where event_id = $1 order by dead_at`,
  );
  // An outcome that is parked on its way to another target does not block the event itself.
  const parked = await manager.query<{ message_id: string }[]>(
    `select message_id from recon.parked where event_id = $1 and source_topic <> $2`,
    [eventId, topics.erp],
  );
  return {
    eventId,
    translated: event?.translated_at
      ? { ignoredReason: event.ignored_reason ?? undefined, canonicalCount: event.canonical_count ?? 0 }
      : undefined,
    facts: facts.map((fact) => ({
      id: fact.canonical_id,
      routed: fact.routed_at !== null,
      ignoredReason: fact.ignored_reason ?? undefined,
    })),
    postings: postings.map((posting) => ({
      requestId: posting.request_id,
      result: posting.result ?? undefined,
      code: posting.code ?? undefined,
    })),
    deadLetters: letters.map(({ message_id: messageId, code, held, state, result }) => ({
      messageId,
      code,
      held,
      closed: state === 'closed' ? (result ?? 'closed') : undefined,
    })),
    parked: parked.map(({ message_id }) => message_id),
  };
}
