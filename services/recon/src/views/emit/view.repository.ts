import { events } from '@tributary/contracts';
import type { Counts, EventState, EventView, Stages } from '@tributary/contracts';
import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { documentResults, sqlList } from '../../shared/decide/results.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { eventCounts } from './kept-events.js';
import { postingSums } from './posting-sums.js';
import { seenBy } from './seen-sql.js';
import { isoTime } from '../../shared/decide/storable-text.js';

/** Reads counts, stages and events. */
@Injectable()
export class ViewRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Counts per delivery: the first delivery of an event by the state of the event, every later one as a duplicate (I2). */
  async counts(visible: VisibleTargets = '*'): Promise<Counts> {
    const rows = await this.query<{ state: EventState; reason: string | null; events: string; deliveries: string }>(
      `select state, reason, sum(events) as events, (select sum(deliveries) from recon.event_sum where others is null) as deliveries
       from ${eventCounts(visible, 1)} e group by state, reason having sum(events) <> 0`,
      seenBy(visible, 1).values,
    );
    const accepted = Number(rows[0]?.deliveries ?? 0);
    const counts = { accepted, inFlight: 0, posted: 0, ignored: 0, held: 0, deadLettered: 0 };
    const by: Record<'ignored' | 'held' | 'deadLettered', Record<string, number>> = { ignored: {}, held: {}, deadLettered: {} };
    let duplicates = accepted;
    for (const row of rows) {
      const events = Number(row.events);
      duplicates -= events;
      counts[row.state] += events;
      if (row.state in by) addTo(by[row.state as keyof typeof by], row.reason ?? 'unknown', events);
    }
    counts.ignored += duplicates;
    if (duplicates > 0) addTo(by.ignored, 'duplicate', duplicates);
    return { ...counts, ignoredBy: by.ignored, heldBy: by.held, deadLetteredBy: by.deadLettered };
  }

  /**
   * Totals, rates over the last minute, and the number of messages on their way to the next stage. Dead-lettered, held, skipped and closed
   * messages are not on their way.
   */
  async stages(visible: VisibleTargets = '*'): Promise<Stages> {
    const seen = seenBy(visible, 1);
    const [row] = await this.query<Record<string, string>>(
      `
      select now() as as_of,
        (select count(*) from recon.delivery) as accepted,
        (select count(*) from recon.delivery where received_at > now() - interval '1 minute') as accepted_rate,
        (select count(*) from ${seen.events} e where deliveries > 0 and translated_at is null and state = 'inFlight') as accepted_lag,
        (select count(*) from recon.fact where type <> '${events.postingConcluded.type}') as canonical,
        (select count(*) from recon.fact f join recon.event e using (event_id)
          where e.translated_at > now() - interval '1 minute' and f.type <> '${events.postingConcluded.type}') as canonical_rate,
        (select count(*) from recon.fact f join ${seen.events} e using (event_id) where f.routed_at is null and e.state = 'inFlight') as canonical_lag,
        (select sum(requested) from ${postingSums(seen.target('target'))} q) as requested,
        (select count(*) from recon.posting where ${seen.target('target')} and requested_at > now() - interval '1 minute') as requested_rate,
        (select count(*) from recon.posting q where ${seen.target('q.target')} and q.result is null
          and not exists (select from recon.dead_letter d where d.message_id = q.request_id and d.result is distinct from 'replayed')
          and not exists (select from recon.parked p where p.message_id = q.request_id)) as requested_lag,
        (select count(*) from recon.posting where ${seen.target('target')} and result in (${sqlList(documentResults)})) as posted,
        (select count(*) from recon.posting where ${seen.target('target')} and result in (${sqlList(documentResults)}) and concluded_at > now() - interval '1 minute') as posted_rate,
        (select count(*) from recon.posting where ${seen.target('target')} and kind = 'cash-receipt' and result in ('posted', 'adopted')) as posted_lag`,
      seen.values,
    );
    const stages = (['accepted', 'canonical', 'requested', 'posted'] as const).map((name) => ({
      name,
      total: Number(row?.[name] ?? 0),
      perMinute: Number(row?.[`${name}_rate`] ?? 0),
      lag: Number(row?.[`${name}_lag`] ?? 0),
    }));
    return { asOf: new Date(row?.as_of ?? 0).toISOString(), stages };
  }

  /** One event with its facts and their postings, as far as they are of targets that may be seen; undefined when it is unknown. */
  async event(eventId: string, visible: VisibleTargets = '*'): Promise<EventView | undefined> {
    const seen = seenBy(visible, 2);
    const [event] = await this.query<EventColumns>(
      `select event_id, type, state, reason, deliveries, first_received_at from ${seen.events} e where event_id = $1`,
      [eventId, ...seen.values],
    );
    if (!event) return undefined;
    const facts = await this.query<{ canonical_id: string; type: string; ignored_reason: string | null }>(
      `select canonical_id, type, ignored_reason from recon.fact f where event_id = $1
         and (${visible === '*'} or type <> '${events.postingConcluded.type}' or exists (
           select from recon.outcome o where o.outcome_id = f.canonical_id and ${seen.key('o.posting_key')})) order by canonical_id`,
      [eventId, ...seen.values],
    );
    const postings = await this.query<{ canonical_id: string; posting_key: string; result: string | null }>(
      `select canonical_id, posting_key, result from recon.posting
       where event_id = $1 and ${seen.target('target')} order by posting_key`,
      [eventId, ...seen.values],
    );
    return {
      eventId: event.event_id,
      type: event.type,
      state: event.state,
      reason: event.reason,
      deliveries: event.deliveries,
      firstReceivedAt: isoTime(event.first_received_at),
      canonical: facts.map((fact) => ({
        eventId: fact.canonical_id,
        type: fact.type,
        ignoredReason: fact.ignored_reason,
        postings: postings
          .filter((posting) => posting.canonical_id === fact.canonical_id)
          .map((posting) => ({ postingKey: posting.posting_key, result: posting.result })),
      })),
    };
  }

  private query<Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return withDatabase('reading the views', () => this.dataSource.query<Row[]>(sql, [...values]));
  }
}

interface EventColumns {
  readonly event_id: string;
  readonly type: string | null;
  readonly state: EventState;
  readonly reason: string | null;
  readonly deliveries: number;
  readonly first_received_at: Date | null;
}

function addTo(sums: Record<string, number>, name: string, count: number): void {
  sums[name] = (sums[name] ?? 0) + count;
}
