import { events } from '@tributary/contracts';
import type { EventState } from '@tributary/contracts';
import { documentResults } from '../../shared/decide/results.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { seenBy } from './seen-sql.js';
import { stuckEvents } from './stuck-events.js';

/** Rows of a list as SQL: with `id` and `at`, which order it, and `sort`, by which its rows are counted. */
export interface RecordSource {
  readonly select: string;
  readonly values: readonly unknown[];
}

/** Filters that every list of messages has. */
export interface RecordFilter {
  /** Any id of the message, or of the Stripe event that it comes from. */
  readonly id?: string | undefined;
  readonly type?: string | undefined;
  /** Customer, charge or payment that it is about: what the keys of the topics are made of. */
  readonly key?: string | undefined;
  /** First time, and the first that is too late; ISO 8601. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** Filters of the list of Stripe events. */
export interface EventFilter extends RecordFilter {
  readonly state?: EventState | undefined;
  readonly reason?: string | undefined;
  readonly stuck?: boolean | undefined;
}

/** Filters of the lists of posting requests and their outcomes. */
export interface PostingFilter extends RecordFilter {
  readonly target?: string | undefined;
  readonly result?: string | undefined;
  /** What was written instead of what was requested: documents of an ERP, or metadata of Stripe objects. */
  readonly written?: 'documents' | 'metadata' | undefined;
}

/** Conditions of a query with their parameters. */
class Conditions {
  private readonly parts: string[] = [];
  constructor(readonly values: unknown[]) {}

  add(value: unknown, condition: (parameter: string) => string): this {
    if (value === undefined) return this;
    this.values.push(value);
    this.parts.push(condition(`$${this.values.length}`));
    return this;
  }

  /** @param at column with the time, of type timestamptz. @param eventId column with the id of the Stripe event. */
  common({ key, from, to }: RecordFilter, at: string, eventId: string): this {
    return this.add(key, (one) => `${eventId} in (${eventsAbout(one)})`)
      .add(from, (one) => `${at} >= ${one}::timestamptz`)
      .add(to, (one) => `${at} < ${one}::timestamptz`);
  }

  also(condition: string): this {
    this.parts.push(condition);
    return this;
  }

  get sql(): string {
    return this.parts.length === 0 ? 'true' : this.parts.join(' and ');
  }
}

/** Events about a customer, charge or payment; each part has an index of its own. */
const eventsAbout = (one: string): string => `
  select event_id from recon.event where customer_id = ${one}
  union select event_id from recon.event where raw_charge_id = ${one}
  union select event_id from recon.payment where charge_id = ${one}
  union select event_id from recon.payment where payment_id = ${one}
  union select event_id from recon.payment_news where charge_id = ${one}
  union select event_id from recon.payment_news where object_id = ${one}
  union select event_id from recon.posting where split_part(posting_key, '/', 3) = ${one}`;

/** Stripe events. One that was delivered more than once is also among the ignored ones, for its duplicates (I2). */
export function eventSource(filter: EventFilter, visible: VisibleTargets): RecordSource {
  const seen = seenBy(visible, 1);
  const where = new Conditions([...seen.values]).also('deliveries > 0');
  where
    .add(filter.id, (one) => `event_id = ${one}`)
    .add(filter.type, (one) => `type = ${one}`)
    .common(filter, 'first_received_at', 'event_id')
    .add(filter.state, (one) => `(state = ${one}${filter.state === 'ignored' ? duplicatesOf(filter.reason) : ''})`)
    .add(filter.reason, (one) => `(coalesce(reason, 'unknown') = ${one}${filter.reason === 'duplicate' ? ' or deliveries > 1' : ''})`);
  if (filter.stuck) where.also(`(${stuckEvents})`);
  return {
    select: `select event_id as id, first_received_at as at, type as sort, event_id as "eventId", type, state, reason, deliveries,
      first_received_at as "firstReceivedAt" from ${seen.keptEvents} e where ${where.sql}`,
    values: where.values,
  };
}

const duplicatesOf = (reason: string | undefined): string => (reason === undefined || reason === 'duplicate' ? ' or deliveries > 1' : '');

/** Canonical events; they are facts of Stripe, and belong to no target. */
export function canonicalSource(filter: RecordFilter): RecordSource {
  const at = `coalesce(e.translated_at, e.first_received_at, 'epoch')`;
  const where = new Conditions([events.postingConcluded.type]).also('f.type <> $1');
  where
    .add(filter.id, (one) => `(f.canonical_id = ${one} or f.event_id = ${one})`)
    .add(filter.type, (one) => `f.type = ${one}`)
    .common(filter, at, 'f.event_id');
  return {
    select: `select f.canonical_id as id, ${at} as at, f.type as sort, f.canonical_id as "canonicalId", f.event_id as "eventId",
      f.type, f.ignored_reason as "ignoredReason", e.translated_at as "translatedAt"
      from recon.fact f left join recon.event e using (event_id) where ${where.sql}`,
    values: where.values,
  };
}

/** Posting requests with how they ended. A document that was changed several times is one row of what was written, that of its newest request. */
export function postingSource(filter: PostingFilter, visible: VisibleTargets): RecordSource {
  const seen = seenBy(visible, 1);
  const at = `coalesce(requested_at, concluded_at, 'epoch')`;
  const where = new Conditions([...seen.values]).also(seen.target('target'));
  where
    .add(filter.id, (one) => `(request_id = ${one} or event_id = ${one} or posting_key = ${one})`)
    .add(filter.type, (one) => `kind = ${one}`)
    .common(filter, at, 'event_id')
    .add(filter.target, (one) => `target = ${one}`)
    .add(filter.result, (one) => `result = ${one}`);
  if (filter.written === undefined) where.also('requested_at is not null');
  else
    where.add(
      documentResults,
      (those) => `result = any(${those}) and (kind = 'metadata') = ${filter.written === 'metadata'} and not exists (
        select 1 from recon.posting newer where newer.posting_key = p.posting_key and newer.result = any(${those})
          and (coalesce(newer.requested_at, newer.concluded_at, 'epoch'), newer.request_id)
            > (coalesce(p.requested_at, p.concluded_at, 'epoch'), p.request_id))`,
    );
  return {
    select: `select request_id as id, ${at} as at, kind as sort, request_id as "requestId", posting_key as "postingKey", target, kind,
      event_id as "eventId", result, requested_at as "requestedAt" from recon.posting p where ${where.sql}`,
    values: where.values,
  };
}

/** Outcomes of posting requests, each as it was told. */
export function outcomeSource(filter: PostingFilter, visible: VisibleTargets): RecordSource {
  const seen = seenBy(visible, 1);
  const where = new Conditions([...seen.values]).also(seen.key('o.posting_key'));
  where
    .add(filter.id, (one) => `(o.outcome_id = ${one} or o.request_id = ${one} or o.event_id = ${one} or o.posting_key = ${one})`)
    .add(filter.type, (one) => `split_part(o.posting_key, '/', 2) = ${one}`)
    .common(filter, 'o.concluded_at', 'o.event_id')
    .add(filter.target, (one) => `split_part(o.posting_key, '/', 1) = ${one}`)
    .add(filter.result, (one) => `o.result = ${one}`);
  return {
    select: `select o.outcome_id as id, o.concluded_at as at, o.result as sort, o.outcome_id as "outcomeId", o.posting_key as "postingKey",
      split_part(o.posting_key, '/', 1) as target, split_part(o.posting_key, '/', 2) as kind, o.result, o.code, o.attempts,
      o.event_id as "eventId", o.concluded_at as "concludedAt" from recon.outcome o where ${where.sql}`,
    values: where.values,
  };
}
