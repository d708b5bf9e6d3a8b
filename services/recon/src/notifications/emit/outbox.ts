import type { NotificationMessage } from '@tributary/contracts';
import type { EntityManager } from 'typeorm';

/** A message that was taken from the outbox for one attempt. */
export interface TakenMessage {
  readonly id: string;
  readonly route: string;
  readonly body: string;
  /** This one is counted. */
  readonly attempts: number;
}

type Queries = Pick<EntityManager, 'query'>;

/** A process that took a message and is gone: another one takes it after so long. Longer than any attempt. */
const takenForS = 60;

/** Writes a message into the outbox. A reminder is left out while another message about the same waits for its route. */
export async function addMessage(manager: Queries, message: NotificationMessage): Promise<void> {
  const { id, kind, route, notification } = message;
  await manager.query(
    `insert into recon.notification_message (id, notification_id, route, kind, body) select $1, $2, $3, $4, $5
     where $4 <> 'reminder' or not exists (
       select from recon.notification_message m where m.notification_id = $2 and m.route = $3 and m.state = 'waiting')`,
    [id, notification?.id ?? null, route, kind, JSON.stringify(message)],
  );
}

/**
 * Takes the message that is due longest, so that no other process takes it. Messages about one notification go to a route in their order.
 * @returns undefined when none is due.
 */
export async function takeMessage(manager: Queries): Promise<TakenMessage | undefined> {
  const taken = await manager.query<[TakenMessage[], number]>(
    `update recon.notification_message set attempts = attempts + 1, next_at = now() + interval '${takenForS} seconds'
     where id = (
       select m.id from recon.notification_message m where m.state = 'waiting' and m.next_at <= now() and not exists (
         select from recon.notification_message earlier where earlier.notification_id = m.notification_id and earlier.route = m.route
           and earlier.state = 'waiting' and earlier.position < m.position)
       order by m.next_at, m.position limit 1 for update skip locked)
     returning id, route, body, attempts`,
  );
  return taken[0][0];
}

/** Records that an attempt succeeded. */
export async function messageSent(manager: Queries, { id, attempts }: TakenMessage): Promise<void> {
  await manager.query(
    `update recon.notification_message set state = 'sent', ended_at = now(), problem = null where id = $1 and attempts = $2 and state = 'waiting'`,
    [id, attempts],
  );
}

/** Records that an attempt failed. @param afterMs until the next one; undefined: there is none. */
export async function messageFailed(
  manager: Queries,
  { id, attempts }: TakenMessage,
  problem: string,
  afterMs: number | undefined,
): Promise<void> {
  await manager.query(
    `update recon.notification_message set problem = $3, state = case when $4::float8 is null then 'given-up' else state end,
       ended_at = case when $4::float8 is null then now() end, next_at = now() + coalesce($4::float8, 0) * interval '1 millisecond'
     where id = $1 and attempts = $2 and state = 'waiting'`,
    [id, attempts, problem.slice(0, 500), afterMs ?? null],
  );
}
