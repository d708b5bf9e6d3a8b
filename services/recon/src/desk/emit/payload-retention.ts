import { Inject, Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { counter } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { overwritten } from '../../shared/decide/overwritten-text.js';

/** Injection token: {@link PayloadRetentionOptions}. */
export const PAYLOAD_RETENTION = Symbol('PAYLOAD_RETENTION');

/** How long the bytes of messages that nobody has to look at any more are kept. */
export interface PayloadRetentionOptions {
  /** After a dead letter was closed, or an order has ended. */
  readonly days: number;
  /** Rows per statement. */
  readonly limit: number;
}

const purged = counter('recon_payloads_purged_total', 'Rows of recon whose message bytes were deleted by age', ['what']);

const tooOld = `now() - $1 * interval '1 day'`;
const orderHasEnded = (item: string): string =>
  `exists (select from recon.dead_letter_order o where o.id = ${item}.order_id and o.ended_at < ${tooOld})`;

/**
 * What is deleted from which table: `$1` days, `$2` rows. The rows stay, with ids, amounts, states and digests: counts, sums and the digest of
 * the views are made of those. Of the headers the id of the trace stays, which is nobody's data.
 */
const purges = {
  letter: `update recon.dead_letter set value = null, original = null, message_key = null,
      headers = case when headers ? 'traceparent' then jsonb_build_object('traceparent', headers -> 'traceparent') else '{}'::jsonb end
    where id in (select l.id from recon.dead_letter l where l.state = 'closed' and l.closed_at < ${tooOld} and l.value is not null
      and not exists (select from recon.dead_letter_order_item i join recon.dead_letter_order o on o.id = i.order_id
        where i.letter_id = l.id and (o.ended_at is null or i.state in ('pending', 'given')))
      limit $2 for update of l skip locked)`,
  edit: `update recon.dead_letter_order_item set edited = null
    where id in (select i.id from recon.dead_letter_order_item i where i.edited is not null and i.state not in ('pending', 'given')
      and ${orderHasEnded('i')} limit $2 for update of i skip locked)`,
  audit: `update recon.dead_letter_audit set before_value = null, after_value = null
    where id in (select a.id from recon.dead_letter_audit a where (a.before_value is not null or a.after_value is not null)
      and ${orderHasEnded('a')} limit $2 for update of a skip locked)`,
  comment: `update recon.dead_letter_comment set text = '${overwritten}'
    where id in (select c.id from recon.dead_letter_comment c where c.text <> '${overwritten}' and c.written_at < ${tooOld}
      and exists (select from recon.dead_letter l where l.id = c.letter_id and l.state = 'closed' and l.closed_at < ${tooOld})
      limit $2 for update of c skip locked)`,
} as const;

/** Rows whose bytes were deleted, by what they are: dead letters, edited messages of orders, messages before and after in the audit of orders, comments. */
export type Purged = Readonly<Record<keyof typeof purges, number>>;

/** Deletes the bytes of closed dead letters, what was said about them, and the bytes of orders that have ended, when they are old enough. What is open is never touched. */
@Injectable()
export class PayloadRetention {
  private readonly logger = new Logger(PayloadRetention.name);

  constructor(
    private readonly dataSource: DataSource,
    @Inject(PAYLOAD_RETENTION) private readonly options: PayloadRetentionOptions,
  ) {}

  /** @param signal ends the purge after the batch that is under way. */
  async purge(signal?: AbortSignal): Promise<Purged> {
    return {
      letter: await this.all('letter', signal),
      edit: await this.all('edit', signal),
      audit: await this.all('audit', signal),
      comment: await this.all('comment', signal),
    };
  }

  private async all(what: keyof typeof purges, signal: AbortSignal | undefined): Promise<number> {
    const { days, limit } = this.options;
    for (let total = 0; ;) {
      const [, affected] = await withDatabase(`deleting old message bytes (${what})`, () =>
        this.dataSource.query<[unknown, number]>(purges[what], [days, limit]),
      );
      total += affected;
      purged.inc({ what }, affected);
      if (affected > 0) this.logger.log(`deleted the message bytes of ${total} rows (${what}) that were done for more than ${days} days`);
      if (affected < limit || signal?.aborted === true) return total;
    }
  }
}
