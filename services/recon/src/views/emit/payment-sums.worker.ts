import { Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { BackgroundLoop, BackgroundWorker } from '@tributary/platform';
import { DataSource } from 'typeorm';

const everyMs = 10_000;

/**
 * Merges the rows that changes of captures added to `recon.payment_sum` (migration 0025), so that totals read some hundred rows. Totals are right at any
 * time: a merge makes fewer rows of the same sum. Of several instances one merges at a time.
 */
@Injectable()
export class PaymentSumsWorker extends BackgroundWorker {
  private readonly logger = new Logger(PaymentSumsWorker.name);
  protected readonly loop = new BackgroundLoop({
    doing: 'merging the sums of payments',
    round: () => this.round(),
    troubleMs: everyMs,
    warn: (text) => this.logger.warn(text),
  });

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  /** Merges once, if there is something to merge. @returns milliseconds until the next time. */
  async round(): Promise<number> {
    await withDatabase('merging the sums of payments', () => this.dataSource.query(merge));
    return everyMs;
  }
}

const merge = `
  select recon.merge_payment_sums() where exists (
    select from recon.payment_sum group by currency, standing, state, reconciliation, targets, has_refund, has_dispute, own, others having count(*) > 1)`;
