import { Inject, Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { TARGET } from '../tokens.js';

/** Finds postings that can go on without a message. Only a list: the worker that takes one claims it. */
@Injectable()
export class ResumablePostings {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /**
   * Posting keys, longest unchanged first: waiting ones whose dependencies have documents; calls whose worker is gone; held ones whose call
   * may still be resolved by a lookup; those that are due for a check for duplicates.
   */
  async resumable(limit: number): Promise<string[]> {
    return this.keys(
      `target = $1 and (not_before is null or not_before <= clock_timestamp()) and (lease_until is null or lease_until <= clock_timestamp()) and (
         (state = 'waiting' and not exists (select from unnest(waiting_on) as needed (key) where not exists (
            select from erp_sink.posting there where there.posting_key = needed.key and there.reference is not null)))
         or (state in ('claimed', 'unknown') and (parked or sent_at is not null))
         or (state = 'held' and sent_at is not null)
         or recheck_at <= clock_timestamp())`,
      [this.target],
      limit,
    );
  }

  /** Posting keys that wait for one of these. */
  async dependents(postingKeys: readonly string[], limit: number): Promise<string[]> {
    return this.keys(`target = $1 and state = 'waiting' and waiting_on && $2::text[]`, [this.target, [...postingKeys]], limit);
  }

  private async keys(where: string, parameters: unknown[], limit: number): Promise<string[]> {
    const rows = await withDatabase('looking for postings that can go on', () =>
      this.database.query<{ posting_key: string }[]>(
        `select posting_key from erp_sink.posting where ${where} order by changed_at limit ${Math.trunc(limit)}`,
        parameters,
      ),
    );
    return rows.map(({ posting_key }) => posting_key);
  }
}
