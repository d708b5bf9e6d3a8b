import { Inject, Injectable, Logger } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { counter } from '@tributary/platform';
import { DataSource } from 'typeorm';
import { overwriteTexts } from './event-texts.js';

/** Injection token: {@link TextRetentionOptions}. */
export const TEXT_RETENTION = Symbol('TEXT_RETENTION');

/** How long the views keep names and other texts about people. */
export interface TextRetentionOptions {
  /** After the last that was heard of an event. */
  readonly days: number;
  /** Events per transaction. */
  readonly limit: number;
}

const events = counter('recon_texts_overwritten_total', 'Events whose texts about people were overwritten by age', []);

const tooOld = `now() - $1 * interval '1 day'`;

/**
 * Events that are done for long. The age comes from what the topics say, so that a rebuild of the views finds the same ones. What is open is
 * left out: an event that is under way, held or dead-lettered, and a payment that needs a person.
 */
const dueEvents = `select e.event_id from recon.event e
  where e.texts_overwritten_at is null and e.state in ('posted', 'ignored')
    and coalesce(e.first_received_at, e.translated_at, e.changed_at) < ${tooOld}
    and not exists (select from recon.outcome o where o.event_id = e.event_id and o.concluded_at >= ${tooOld})
    and not exists (select from recon.dead_letter l where l.event_id = e.event_id and (l.state <> 'closed' or l.closed_at >= ${tooOld}))
    and not exists (select from recon.capture c where c.event_id = e.event_id and c.standing in ('needsPerson', 'onItsWay'))
  order by coalesce(e.first_received_at, e.translated_at, e.changed_at) limit $2 for update of e skip locked`;

/** Overwrites names, descriptions and other texts about people in the views, when they are old enough and nothing about them is open. */
@Injectable()
export class TextRetention {
  private readonly logger = new Logger(TextRetention.name);

  constructor(
    private readonly dataSource: DataSource,
    @Inject(TEXT_RETENTION) private readonly options: TextRetentionOptions,
  ) {}

  /** @param signal ends the purge after the batch that is under way. @returns number of events whose texts were overwritten. */
  async purge(signal?: AbortSignal): Promise<number> {
    const { days, limit } = this.options;
    for (let total = 0; ;) {
      const done = await withDatabase('overwriting old texts in the views', () => this.dataSource.transaction((manager) => batch(manager)));
      total += done;
      events.inc(done);
      if (done > 0) this.logger.log(`overwrote the texts about people of ${total} events that were done for more than ${days} days`);
      if (done < limit || signal?.aborted === true) return total;
    }

    async function batch(manager: DataSource['manager']): Promise<number> {
      const due = await manager.query<{ event_id: string }[]>(dueEvents, [days, limit]);
      const eventIds = due.map(({ event_id }) => event_id);
      if (eventIds.length > 0) await overwriteTexts(manager, eventIds);
      return eventIds.length;
    }
  }
}
