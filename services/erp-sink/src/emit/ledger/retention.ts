import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop, counter, createLogger } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { CallLog } from '../calls/call-log.js';
import { finished } from './finished-postings.js';
import { LedgerErasure } from './ledger-erasure.js';
import { RETENTION, TARGET } from '../tokens.js';

/** How long outcomes and payloads of finished postings are kept. */
export interface RetentionOptions {
  readonly days: number;
  /** Interval between purges, ms. */
  readonly intervalMs: number;
  /** Rows per statement. */
  readonly limit: number;
}

const troubleMs = 60_000;

const purged = counter('erp_sink_purged_total', 'Outcomes and payloads deleted from the ledger by age', ['target', 'what']);

/**
 * Deletes old outcomes and payloads. The row of a posting stays, with its key, reference and version: it is what keeps a fact
 * that is replayed years later from being booked twice (I3), and it is small.
 */
@Injectable()
export class Retention implements BeforeApplicationShutdown {
  private readonly loop = new BackgroundLoop({
    doing: 'purging the ledger',
    round: async () => {
      await this.purge();
      await this.calls.purge();
      await this.erasure.again();
      return this.options.intervalMs;
    },
    troubleMs,
    warn: (text) => createLogger('erp-sink').child({ context: 'Retention', target: this.target }).warn(text),
  });

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(TARGET) private readonly target: string,
    @Inject(RETENTION) private readonly options: RetentionOptions,
    @Inject(LedgerErasure) private readonly erasure: LedgerErasure,
    @Inject(CallLog) private readonly calls: CallLog,
  ) {}

  /** Purges now and then at each interval. */
  start(): void {
    this.loop.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.loop.stop();
  }

  /** @returns how many outcomes and payloads were deleted. */
  async purge(): Promise<{ readonly outcomes: number; readonly payloads: number }> {
    const outcomes = await this.all(
      `delete from erp_sink.outcome where request_id in (
         select o.request_id from erp_sink.outcome o join erp_sink.posting p on p.posting_key = o.posting_key
         where o.target = $1 and not o.due and o.dead_letter is null and o.concluded_at < now() - $2 * interval '1 day' and ${finished} limit $3)`,
    );
    const payloads = await this.all(
      `update erp_sink.posting set request = null, origin = null where posting_key in (
         select p.posting_key from erp_sink.posting p
         where p.target = $1 and p.changed_at < now() - $2 * interval '1 day' and p.request is not null and ${finished}
           and not exists (select from erp_sink.outcome o where o.posting_key = p.posting_key) limit $3)`,
    );
    purged.inc({ target: this.target, what: 'outcome' }, outcomes);
    purged.inc({ target: this.target, what: 'payload' }, payloads);
    return { outcomes, payloads };
  }

  private async all(sql: string): Promise<number> {
    const { days, limit } = this.options;
    for (let total = 0; ;) {
      const [, affected] = await withDatabase('purging the ledger', () =>
        this.database.query<[unknown, number]>(sql, [this.target, days, limit]),
      );
      total += affected;
      if (affected < limit) return total;
    }
  }
}
