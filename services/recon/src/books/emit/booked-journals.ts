import { Injectable } from '@nestjs/common';
import { events } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { documentResults } from '../../shared/decide/results.js';

/** Facts whose journals book the movements of a payout. */
const payoutFacts = [events.payoutItemised.type, events.payoutPaid.type];

/** Reads how requested documents affect the books. */
@Injectable()
export class BookedJournals {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * What payout journals have put on the clearing accounts of a target, per currency; debit is positive.
   * @param batched the target posts to its ledger only when a batch is released, so saved documents do not count yet.
   */
  async onClearing(target: string, batched: boolean): Promise<Map<string, bigint>> {
    const rows = await this.query<{ currency: string; minor: string }>(
      `select e ->> 'currency' as currency, sum(coalesce((e ->> 'debit')::numeric, 0) - coalesce((e ->> 'credit')::numeric, 0))::text as minor
       from (
         select distinct on (d.posting_key) d.effect from recon.document d
         where d.target = $1 and d.kind = 'journal'
           and exists (select from recon.fact f where f.canonical_id = d.canonical_id and f.type = any($2))
           and exists (select from recon.posting q where q.posting_key = d.posting_key and q.result = any($3))
         order by d.posting_key, d.requested_at desc) as journal, jsonb_array_elements(journal.effect) e
       where e ->> 'role' = 'CLR' group by 1`,
      [target, payoutFacts, batched ? ['released'] : documentResults],
    );
    return new Map(rows.map(({ currency, minor }) => [currency, BigInt(minor)]));
  }

  /**
   * Number of requested documents that do not balance, per target. They are refused before any call, so anything but 0 means that a mapping is
   * wrong.
   */
  async unbalanced(): Promise<Map<string, number>> {
    const rows = await this.query<{ target: string; count: string }>(
      'select target, count(*) as count from recon.document where not balanced group by 1',
      [],
    );
    return new Map(rows.map(({ target, count }) => [target, Number(count)]));
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading booked journals', () => this.dataSource.query<Row[]>(sql, values));
  }
}
