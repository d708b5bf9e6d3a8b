import { Inject, Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { isReleaseNeeded } from '../batches/needed-batches.js';
import { TARGET } from '../tokens.js';

/** SQL condition: every document that posting `p` waits for is saved, and released where that is needed. */
const isReady = `not exists (select from unnest(p.waiting_on) as needed (key) where not exists (
  select from erp_sink.posting there where there.posting_key = needed.key and there.reference is not null
    and (there.released or there.batch_id is null or not needed.key = any(p.waiting_released))))`;

/** Finds postings that can continue without a message. The result is only a list: the worker that takes a posting claims it. */
@Injectable()
export class ResumablePostings {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
  ) {}

  /**
   * Posting keys, longest unchanged first: waiting postings (also those held because of their wait) whose needs are met, or whose time to
   * wait for a document that no request asked for is over; calls whose worker lost its lease; held postings whose call a lookup may still
   * resolve; postings that are due for a recheck.
   */
  async resumable(limit: number): Promise<string[]> {
    return this.keys(
      `p.target = $1 and (p.not_before is null or p.not_before <= clock_timestamp())
       and (p.lease_until is null or p.lease_until <= clock_timestamp()) and (
         (p.state = 'waiting' and (p.decide_at <= clock_timestamp() or ${isReady}))
         or (p.state = 'held' and p.waiting_on <> '{}' and ${isReady})
         or (p.state in ('claimed', 'unknown') and (p.parked or p.sent_at is not null))
         or (p.state = 'held' and p.sent_at is not null)
         or p.recheck_at <= clock_timestamp())`,
      [this.target],
      limit,
    );
  }

  /** Keys of postings that wait for one of these. */
  async dependents(postingKeys: readonly string[], limit: number): Promise<string[]> {
    // Each state has an index of its own.
    const isDependent = (state: string): string =>
      `select posting_key from erp_sink.posting where target = $1 and state = '${state}' and waiting_on && $2::text[]`;
    return this.keys(
      `p.posting_key in (${isDependent('waiting')} union all ${isDependent('held')})`,
      [this.target, [...postingKeys]],
      limit,
    );
  }

  /** Ids of batches that hold one of these documents and that other postings need released. */
  async neededBatches(postingKeys: readonly string[]): Promise<string[]> {
    const rows = await withDatabase('looking for batches that are needed', () =>
      this.database.query<{ batch_id: string }[]>(
        `select distinct p.batch_id from erp_sink.posting p
         where p.target = $1 and p.posting_key = any($2) and p.batch_id is not null and p.reference is not null and not p.released
           and ${isReleaseNeeded}`,
        [this.target, [...postingKeys]],
      ),
    );
    return rows.map(({ batch_id }) => batch_id);
  }

  private async keys(where: string, parameters: unknown[], limit: number): Promise<string[]> {
    const rows = await withDatabase('looking for postings that can go on', () =>
      this.database.query<{ posting_key: string }[]>(
        `select p.posting_key from erp_sink.posting p where ${where} order by p.changed_at limit ${Math.trunc(limit)}`,
        parameters,
      ),
    );
    return rows.map(({ posting_key }) => posting_key);
  }
}
