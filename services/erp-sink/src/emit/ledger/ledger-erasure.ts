import { Inject, Injectable } from '@nestjs/common';
import type { Identity } from '@tributary/identity';
import { reportToAudit, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { TARGET } from '../tokens.js';
import { OutcomeRepository } from './outcome.repository.js';
import { finished } from './finished-postings.js';
import { toStorable } from './storable-text.js';

/** What an erasure overwrote in the ledger of a target, or would overwrite. */
export interface ErasedLedger {
  readonly target: string;
  readonly postings: number;
  readonly outcomes: number;
  /** Calls of the target that were deleted with what they sent and were answered. */
  readonly calls: number;
  /** Postings whose request is still needed, because they are not finished. */
  readonly openPostings: number;
}

/** Who erases, and why. */
export interface LedgerErasureOrder {
  readonly identity: Identity;
  readonly reason: string;
}

/** What stands in the place of a text that was overwritten. */
const overwritten = '[deleted]';
/** Postings `p` of a customer: their requests have its id as record key, and a document that is the customer has it in its posting key. */
const ofCustomer = `p.target = $1 and (p.record_key = $2 or (p.kind = 'customer' and p.posting_key = $1 || '/customer/' || $2))`;
/** Postings `p` whose request nobody needs any more: finished, or given up, and everything about them is published. */
const isDone = `((${finished}) or (p.state in ('rejected', 'skipped') and not p.parked)) and p.set_aside is null
  and not exists (select from erp_sink.outcome o where o.posting_key = p.posting_key and (o.due or o.dead_letter is not null))`;

/**
 * Erases the personal data of Stripe customers in the ledger of a target: requested documents, where they came from, answers of the ERP. Keys,
 * references, versions, digests and amounts stay, so that nothing is booked again. Remembers whose, and erases again what is finished later.
 */
@Injectable()
export class LedgerErasure {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
    @Inject(OutcomeRepository) private readonly outcomes: OutcomeRepository,
  ) {}

  /** @param order undefined: only counts, and changes nothing. */
  async erase(customerId: string, order: LedgerErasureOrder | undefined): Promise<ErasedLedger> {
    const runner = this.database.createQueryRunner();
    return withDatabase('erasing a customer in the ledger', async () => {
      try {
        await runner.startTransaction();
        const erased = await this.eraseIn(runner.manager, customerId);
        if (order) await this.remember(runner.manager, customerId, order, erased);
        await (order ? runner.commitTransaction() : runner.rollbackTransaction());
        return erased;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction();
        throw error;
      } finally {
        await runner.release();
      }
    });
  }

  /** Erases what was finished since, or came back with a rebuild. @returns number of customers of whom something was overwritten. */
  async again(): Promise<number> {
    const customers = await withDatabase('reading who was erased', () =>
      this.database.query<{ customer_id: string }[]>(`select customer_id from erp_sink.erasure where target = $1 order by 1`, [
        this.target,
      ]),
    );
    let found = 0;
    for (const { customer_id: customerId } of customers) {
      const { postings, outcomes, calls } = await withDatabase('erasing again', () =>
        this.database.transaction((tx) => this.eraseIn(tx, customerId)),
      );
      if (postings + outcomes + calls > 0) found += 1;
    }
    return found;
  }

  private async eraseIn(tx: EntityManager, customerId: string): Promise<ErasedLedger> {
    const { target } = this;
    const customer = [target, customerId];
    // Locks the postings before their outcomes, as a step of a posting does.
    const done = await tx.query<{ posting_key: string }[]>(
      `select p.posting_key from erp_sink.posting p where ${ofCustomer} and ${isDone} order by p.posting_key for update`,
      customer,
    );
    const keys = done.map(({ posting_key }) => posting_key);
    const [, postings] = await tx.query<[unknown, number]>(
      `update erp_sink.posting p set applied_amount = coalesce(p.applied_amount, case
           when p.reference is not null and p.request ->> 'digest' = p.applied_digest and jsonb_typeof(p.request -> 'amount') = 'object'
           then p.request -> 'amount' end),
         request = null, origin = null, discarding = null, text = case when p.text is not null then $2 end
       where p.posting_key = any($1)
         and (p.request is not null or p.origin is not null or p.discarding is not null or (p.text is not null and p.text <> $2))`,
      [keys, overwritten],
    );
    const [open] = await tx.query<{ count: number }[]>(
      `select count(*)::int as count from erp_sink.posting p where ${ofCustomer} and p.request is not null`,
      customer,
    );
    const outcomes = await this.outcomes.overwriteTexts(tx, keys, overwritten);
    const [, calls] = await tx.query<[unknown, number]>(
      `delete from erp_sink.call c using erp_sink.posting p where c.posting_key = p.posting_key and ${ofCustomer}`,
      customer,
    );
    return { target, postings, outcomes, calls, openPostings: open?.count ?? 0 };
  }

  private async remember(
    tx: EntityManager,
    customerId: string,
    { identity, reason }: LedgerErasureOrder,
    erased: ErasedLedger,
  ): Promise<void> {
    await tx.query(
      `insert into erp_sink.erasure (target, customer_id, erased_at) values ($1, $2, now())
       on conflict (target, customer_id) do update set erased_at = excluded.erased_at`,
      [this.target, customerId],
    );
    await reportToAudit((text, parameters) => tx.query(text, [...parameters]), 'erp_sink', {
      ...{ subject: identity.subject, name: identity.name, action: 'personal-data.erased', object: `customer:${customerId}` },
      ...{ target: this.target, reason: toStorable(reason), details: { ...erased } },
    });
  }
}
