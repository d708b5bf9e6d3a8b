import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { appendAudit } from '../../audit/emit/append-audit.js';
import type { Caller } from '../../shared/decide/caller.js';
import { deletePayloads, isOpen, openPayloads } from './event-payloads.js';
import { overwriteTexts } from './event-texts.js';

/** What an erasure overwrote, or would overwrite. */
export interface ErasedRows {
  /** Rows by table of schema `recon`; tables without any are left out. */
  readonly rows: Readonly<Record<string, number>>;
  /** Open dead letters of the customer, whose bytes are needed until they are closed. */
  readonly openLetters: number;
  /** Rows of the audit trail about the customer's dead letters in which people gave a reason. They stay. */
  readonly auditReasons: number;
}

/** Who erases, and why. */
export interface ErasureOrder {
  readonly caller: Caller;
  readonly reason: string;
}

/** Events that are about a customer: by their own word, by a payment, by news of it, by a document, or by a dead letter. */
const eventsOfCustomer = `select event_id from recon.event where customer_id = $1
  union select event_id from recon.payment where customer_id = $1
  union select n.event_id from recon.payment_news n join recon.payment p using (charge_id) where p.customer_id = $1
  union select event_id from recon.posting where kind = 'customer' and split_part(posting_key, '/', 3) = $1
  union select event_id from recon.dead_letter where sequence = $1`;

/** When an event happened, as far as it is known. */
const happenedAt = `coalesce(e.occurred_at, e.first_received_at, e.translated_at, e.changed_at)`;
const atOnce = 500;

/**
 * Erases the personal data of Stripe customers in the tables of recon, remembers whose, and erases again what comes back. An erasure is about
 * what happened before it: a later purchase of the same customer is a new fact, and is stored.
 */
@Injectable()
export class Erasures {
  constructor(private readonly dataSource: DataSource) {}

  /** @param order undefined: only counts, and changes nothing. @returns undefined when nothing is known of the customer. */
  async erase(customerId: string, order: ErasureOrder | undefined): Promise<ErasedRows | undefined> {
    const runner = this.dataSource.createQueryRunner();
    return withDatabase('erasing the personal data of a customer', async () => {
      try {
        await runner.startTransaction();
        const erased = await eraseIn(runner.manager, customerId);
        if (erased && order) await report(runner.manager, customerId, order, erased);
        await (erased && order ? runner.commitTransaction() : runner.rollbackTransaction());
        return erased;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction();
        throw error;
      } finally {
        await runner.release();
      }
    });
  }

  /**
   * Erases what came back: messages that were redelivered or replayed, dead letters that were closed since, views that were built anew.
   * @returns number of events.
   */
  async again(signal?: AbortSignal): Promise<number> {
    for (let total = 0; ;) {
      const done = await withDatabase('erasing again', () => this.dataSource.transaction((manager) => againIn(manager)));
      total += done;
      if (done < atOnce || signal?.aborted === true) return total;
    }
  }
}

async function eraseIn(manager: EntityManager, customerId: string): Promise<ErasedRows | undefined> {
  const known = await manager.query<unknown[]>(`select 1 from recon.erasure where customer_id = $1`, [customerId]);
  const events = await manager.query<{ event_id: string }[]>(
    `select event_id from recon.event where event_id in (${eventsOfCustomer}) order by event_id for update`,
    [customerId],
  );
  if (known.length === 0 && events.length === 0) return undefined;
  await manager.query(
    `insert into recon.erasure (customer_id, erased_at) values ($1, now()) on conflict (customer_id) do update set erased_at = excluded.erased_at`,
    [customerId],
  );
  const eventIds = events.map(({ event_id }) => event_id);
  await manager.query(`update recon.event set customer_id = $1 where event_id = any($2) and customer_id is null`, [customerId, eventIds]);
  const letters = await manager.query<{ id: string }[]>(
    `select id from recon.dead_letter where id is not null and (event_id = any($2) or sequence = $1)`,
    [customerId, eventIds],
  );
  const ids = letters.map(({ id }) => id);
  const openLetters = await openPayloads(manager, ids);
  const counts = { ...(await overwriteTexts(manager, eventIds)) } as Record<string, number>;
  // A dead letter has a text and bytes: rows are counted for whichever are more.
  for (const [table, count] of Object.entries(await deletePayloads(manager, ids))) counts[table] = Math.max(counts[table] ?? 0, count);
  const [audit] = await manager.query<{ count: number }[]>(
    `select count(*)::int as count from recon.audit where reason is not null and object = any($1)`,
    [ids.map((id) => `letter:${id}`)],
  );
  const rows = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
  return { rows, openLetters, auditReasons: audit?.count ?? 0 };
}

async function report(manager: EntityManager, customerId: string, { caller, reason }: ErasureOrder, erased: ErasedRows): Promise<void> {
  const { identity, address } = caller;
  await appendAudit(manager, {
    ...{ subject: identity.subject, name: identity.name, address, target: null, reason },
    ...{ action: 'personal-data.erased', object: `customer:${customerId}`, details: { ...erased } },
  });
}

async function againIn(manager: EntityManager): Promise<number> {
  const due = await manager.query<{ event_id: string }[]>(
    `select e.event_id from recon.event e join recon.erasure x using (customer_id)
     where ${happenedAt} <= x.erased_at and (e.texts_overwritten_at is null or exists (
       select from recon.dead_letter l where l.event_id = e.event_id and l.value is not null and not ${isOpen}))
     order by e.event_id limit ${atOnce} for update of e skip locked`,
  );
  if (due.length === 0) return 0;
  const eventIds = due.map(({ event_id }) => event_id);
  const letters = await manager.query<{ id: string }[]>(`select id from recon.dead_letter where event_id = any($1) and id is not null`, [
    eventIds,
  ]);
  await overwriteTexts(manager, eventIds);
  await deletePayloads(
    manager,
    letters.map(({ id }) => id),
  );
  return eventIds.length;
}
