import { Injectable } from '@nestjs/common';
import { events, topics } from '@tributary/contracts';
import type { MessageKind, MessageLink, MessageView } from '@tributary/contracts';
import { definitionOf } from '@tributary/messaging';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { isoTime } from '../../shared/decide/storable-text.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { seenBy } from '../../views/emit/seen-sql.js';
import type { Seen } from '../../views/emit/seen-sql.js';

/** Most messages of one chain on a page. */
const mostMessages = 500;

interface MessageRow {
  readonly kind: MessageKind;
  readonly id: string;
  readonly event_id: string;
  readonly type: string | null;
  readonly at: Date | null;
  readonly posting_key: string | null;
  readonly result: string | null;
}

/** Messages by id, as far as they are of no target or of visible ones. @param where condition on `id` or `event_id`. */
const messagesWhere = (seen: Seen, where: (id: string, eventId: string) => string): string => `
  select 'raw' as kind, event_id as id, event_id, type, first_received_at as at, null as posting_key, null as result
  from recon.event where deliveries > 0 and ${where('event_id', 'event_id')}
  union all
  select 'canonical', f.canonical_id, f.event_id, f.type, e.translated_at, null, f.ignored_reason
  from recon.fact f left join recon.event e using (event_id)
  where f.type <> '${events.postingConcluded.type}' and ${where('f.canonical_id', 'f.event_id')}
  union all
  select 'request', q.request_id, q.event_id, '${events.postingRequested.type}', q.requested_at, q.posting_key, null
  from recon.posting q where q.requested_at is not null and ${seen.target('q.target')} and ${where('q.request_id', 'q.event_id')}
  union all
  select 'outcome', o.outcome_id, o.event_id, '${events.postingConcluded.type}', o.concluded_at, o.posting_key, o.result
  from recon.outcome o where ${seen.key('o.posting_key')} and ${where('o.outcome_id', 'o.event_id')}`;

/** Finds messages by their ids, and the chain that each belongs to. */
@Injectable()
export class MessageRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param id of a Stripe event, a canonical fact, a posting request or an outcome. Undefined when there is none, or of another target. */
  async find(id: string, visible: VisibleTargets): Promise<MessageView | undefined> {
    const seen = seenBy(visible, 2);
    const [found] = await this.query<MessageRow>(`${messagesWhere(seen, (own) => `${own} = $1`)} limit 1`, [id, ...seen.values]);
    if (!found) return undefined;
    const chain = await this.query<MessageRow>(
      `select * from (${messagesWhere(seen, (_own, eventId) => `${eventId} = $1`)}) chain order by at nulls last, id limit ${mostMessages}`,
      [found.event_id, ...seen.values],
    );
    const links = (kind: MessageKind): MessageLink[] => chain.filter((row) => row.kind === kind).map(linkOf);
    return {
      ...linkOf(found),
      ...{ topic: topicOf(found), target: targetOf(found), eventId: found.event_id, chargeId: await this.chargeOf(found.event_id) },
      deliveries: found.kind === 'raw' ? await this.deliveries(found.id) : [],
      chain: { raw: links('raw')[0] ?? null, canonical: links('canonical'), requests: links('request'), outcomes: links('outcome') },
    };
  }

  /** Where the newest delivery of a Stripe event stands in its topic; undefined when none is known. */
  async placeOf(eventId: string): Promise<{ readonly partition: number; readonly offset: bigint } | undefined> {
    const newest = (await this.deliveries(eventId)).at(-1);
    return newest && { partition: newest.partition, offset: BigInt(newest.offset) };
  }

  /** Whether the customer of an event was erased after it was received: what people wrote in it is shown to nobody any more. */
  async isErased(eventId: string): Promise<boolean> {
    const found = await this.query<object>(
      `select from recon.event e join recon.erasure x on x.customer_id = e.customer_id
       where e.event_id = $1 and coalesce(e.first_received_at, '-infinity') <= x.erased_at`,
      [eventId],
    );
    return found.length > 0;
  }

  private async chargeOf(eventId: string): Promise<string | null> {
    const [event] = await this.query<{ charge: string | null }>(
      `select coalesce(raw_charge_id, (select min(charge_id) from recon.payment where event_id = $1)) as charge from recon.event where event_id = $1`,
      [eventId],
    );
    return event?.charge ?? null;
  }

  private async deliveries(eventId: string): Promise<MessageView['deliveries']> {
    const rows = await this.query<{ partition: number; offset: string; endpoint: string | null; received_at: Date }>(
      `select partition, "offset"::text, endpoint, received_at from recon.delivery where event_id = $1 order by received_at, "offset" limit ${mostMessages}`,
      [eventId],
    );
    return rows.map(({ received_at, ...place }) => ({ ...place, receivedAt: isoTime(received_at) ?? '' }));
  }

  private query<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
    return withDatabase('looking for a message', () => this.dataSource.query<Row[]>(sql, [...values]));
  }
}

function linkOf({ kind, id, type, at, posting_key, result }: MessageRow): MessageLink {
  return { id, kind, type, at: isoTime(at), postingKey: posting_key, result };
}

const targetOf = ({ posting_key }: MessageRow): string | null => posting_key?.split('/')[0] ?? null;

function topicOf(row: MessageRow): string {
  if (row.kind === 'raw') return topics.stripeEvents;
  if (row.kind === 'request') return topics.postings(targetOf(row) ?? '');
  return definitionOf(row.type ?? '')?.topic ?? '';
}
