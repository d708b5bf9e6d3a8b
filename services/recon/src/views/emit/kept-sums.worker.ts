import { Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop, BackgroundWorker } from '@tributary/platform';
import { DataSource } from 'typeorm';

const everyMs = 10_000;
const doing = 'merging the sums that are kept';
/** Each asks whether there is something to merge. */
const merges = [
  `select recon.merge_payment_sums() where exists (
    select from recon.payment_sum group by currency, standing, state, reconciliation, targets, has_refund, has_dispute, own, others having count(*) > 1)`,
  'select recon.merge_event_sums() where exists (select from recon.event_sum group by state, reason, own, others having count(*) > 1)',
  `select recon.merge_posting_sums() where exists (select from recon.written_change)
    or exists (select from recon.posting_sum group by target having count(*) > 1)`,
] as const;

/**
 * Merges the rows that changes of captures (migration 0025), events and postings (migration 0034) added to their sums, so that totals read some hundred rows.
 * Totals are right at any time: a merge makes fewer rows of the same sum. Of several instances one merges at a time.
 */
@Injectable()
export class KeptSumsWorker extends BackgroundWorker {
  private readonly logger = new Logger(KeptSumsWorker.name);
  protected readonly loop = new BackgroundLoop({
    doing,
    round: () => this.round(),
    troubleMs: everyMs,
    warn: (text) => this.logger.warn(text),
  });

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  /** Merges once, each sum in a transaction of its own. @returns milliseconds until the next time. */
  async round(): Promise<number> {
    for (const merge of merges) await withDatabase(doing, () => this.dataSource.query(merge));
    return everyMs;
  }
}
