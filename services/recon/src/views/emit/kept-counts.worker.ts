import { Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop, BackgroundWorker } from '@tributary/platform';
import { DataSource } from 'typeorm';

const everyMs = 10_000;
const merges = [
  'select recon.merge_event_sums() where exists (select from recon.event_sum group by state, reason, own, others having count(*) > 1)',
  `select recon.merge_posting_sums() where exists (select from recon.written_change)
    or exists (select from recon.posting_sum group by target having count(*) > 1)`,
] as const;

/**
 * Merges the rows that changes of events and postings added to `recon.event_sum` and `recon.posting_sum` (migration 0034), as PaymentSumsWorker does those of
 * payments: counts are right at any time.
 */
@Injectable()
export class KeptCountsWorker extends BackgroundWorker {
  private readonly logger = new Logger(KeptCountsWorker.name);
  protected readonly loop = new BackgroundLoop({
    doing: 'merging the counts that are kept',
    round: () => this.round(),
    troubleMs: everyMs,
    warn: (text) => this.logger.warn(text),
  });

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  /** Merges once, if there is something to merge. @returns milliseconds until the next time. */
  async round(): Promise<number> {
    for (const merge of merges) await withDatabase('merging the counts that are kept', () => this.dataSource.query(merge));
    return everyMs;
  }
}
