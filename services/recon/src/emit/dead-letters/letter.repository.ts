import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { ErpReference } from '@tributary/connector-kit';
import { amountView } from '../../decide/payment-view.js';
import type { AmountView } from '../../decide/payment-view.js';
import { letterCondition } from './letter-filter.js';
import type { LetterFilter } from './letter-filter.js';

export interface CauseView {
  readonly cause: string;
  readonly group: string;
  readonly held: boolean;
  /** Open ones and those that an order is giving back. */
  readonly count: number;
  readonly ordered: number;
  /** Messages that wait behind them. */
  readonly parkedBehind: number;
  readonly moneyAtRisk: readonly AmountView[];
  readonly oldestAt: string;
  readonly newestAt: string;
  /** Text of the newest one. */
  readonly example: string | null;
}

export interface LetterView {
  readonly id: string;
  readonly state: string;
  readonly result: string | null;
  readonly cause: string;
  readonly text: string | null;
  readonly held: boolean;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly sequence: string;
  readonly eventType: string | null;
  readonly messageId: string;
  readonly eventId: string;
  readonly attempts: number | null;
  readonly firstFailureAt: string | null;
  readonly deadAt: string;
  readonly closedAt: string | null;
  readonly money: AmountView | null;
  readonly parkedBehind: number;
}

export interface StoredLetter {
  readonly view: LetterView;
  readonly key: string;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly deadLetterTopic: string;
  readonly audit: readonly {
    at: string;
    order: string;
    done: string;
    by: string;
    reason: string;
    before: string | null;
    after: string | null;
  }[];
}

interface LetterRow {
  readonly [column: string]: unknown;
}

/** Messages of the same sequence that came later and of which nothing has been heard since they were parked. */
const parkedBehind = `(
  select count(*) from recon.parked p where l.state <> 'closed' and p.consumer_group = l.consumer_group and p.source_topic = l.source_topic
    and p.source_partition = l.source_partition and p.sequence = l.sequence and p.source_offset > l.source_offset
    and not exists (select from recon.event e where e.event_id = p.message_id and e.translated_at is not null)
    and not exists (select from recon.fact f where f.canonical_id = p.message_id and f.routed_at is not null)
    and not exists (select from recon.posting q where q.request_id = p.message_id and q.result is not null)
    and not exists (select from recon.dead_letter d where d.message_id = p.message_id))::int as parked_behind`;

const columns = `l.id, l.state, l.result, l.code, l.text, l.held, l.consumer_group, l.source_topic, l.source_partition, l.source_offset::text as source_offset,
  l.sequence, l.event_type, l.message_id, l.event_id, l.attempts, l.first_failure_at, l.dead_at, l.closed_at, l.minor::text as minor, l.currency, ${parkedBehind}`;

/** Reads dead letters. */
@Injectable()
export class LetterRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** What is open, by cause: most money first would need one currency, so most letters first. */
  async causes(): Promise<CauseView[]> {
    const rows = await this.query<LetterRow>(
      `with open as (select l.*, ${parkedBehind} from recon.dead_letter l where l.state <> 'closed' and l.id is not null),
         money as (select code, consumer_group, held, currency, sum(minor)::text as minor from open where minor is not null group by 1, 2, 3, 4)
       select code, consumer_group, held, count(*)::int as count, count(*) filter (where state = 'ordered')::int as ordered,
         sum(parked_behind)::int as parked_behind, min(dead_at) as oldest, max(dead_at) as newest,
         (array_agg(text order by dead_at desc))[1] as example,
         (select coalesce(json_agg(json_build_object('minor', m.minor, 'currency', m.currency) order by m.currency), '[]') from money m
           where m.code = open.code and m.consumer_group = open.consumer_group and m.held = open.held) as money
       from open group by code, consumer_group, held order by count(*) desc, code, consumer_group`,
      [],
    );
    return rows.map((row) => ({
      cause: String(row.code),
      group: String(row.consumer_group),
      held: row.held === true,
      count: Number(row.count),
      ordered: Number(row.ordered),
      parkedBehind: Number(row.parked_behind),
      moneyAtRisk: (row.money as { minor: string; currency: string }[]).map(({ minor, currency }) => amountView(minor, currency)),
      oldestAt: (row.oldest as Date).toISOString(),
      newestAt: (row.newest as Date).toISOString(),
      example: (row.example as string | null) ?? null,
    }));
  }

  /** Oldest first, so that pages stay where they are while new ones come. @param after id of the last one of the page before. */
  async list(filter: LetterFilter, after: string | undefined, limit: number): Promise<{ deadLetters: LetterView[]; next: string | null }> {
    const { sql, values } = letterCondition(filter);
    const cursor = `$${values.length + 1}`;
    const rows = await this.query<LetterRow>(
      `select ${columns} from recon.dead_letter l where l.id is not null and ${sql}
         and (${cursor}::text is null or (l.dead_at, l.id) > (select a.dead_at, a.id from recon.dead_letter a where a.id = ${cursor}))
       order by l.dead_at, l.id limit ${limit + 1}`,
      [...values, after ?? null],
    );
    const page = rows.slice(0, limit).map(letterView);
    return { deadLetters: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  }

  async find(id: string): Promise<StoredLetter | undefined> {
    const [row] = await this.query<LetterRow>(
      `select ${columns}, l.message_key, l.value, l.headers, l.topic from recon.dead_letter l where l.id = $1`,
      [id],
    );
    if (!row) return undefined;
    const audit = await this.query<{
      at: Date;
      order_id: string;
      done: string;
      done_by: string;
      reason: string;
      before_digest: string | null;
      after_digest: string | null;
    }>(
      `select at, order_id, done, done_by, reason, before_digest, after_digest from recon.dead_letter_audit where letter_id = $1 order by id`,
      [id],
    );
    return {
      view: letterView(row),
      key: (row.message_key as string | null) ?? '',
      value: row.value as Buffer | null,
      headers: (row.headers as Record<string, string> | null) ?? {},
      deadLetterTopic: String(row.topic),
      audit: audit.map((one) => ({
        at: one.at.toISOString(),
        order: one.order_id,
        done: one.done,
        by: one.done_by,
        reason: one.reason,
        before: one.before_digest,
        after: one.after_digest,
      })),
    };
  }

  /** What the target calls the documents of these posting keys, as far as outcomes told. */
  async references(keys: readonly string[]): Promise<Map<string, ErpReference>> {
    const rows = await this.query<{ posting_key: string; reference: ErpReference }>(
      `select distinct on (posting_key) posting_key, reference from recon.outcome where posting_key = any($1) and reference is not null
       order by posting_key, concluded_at desc`,
      [keys],
    );
    return new Map(rows.map(({ posting_key, reference }) => [posting_key, reference]));
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading dead letters', () => this.dataSource.query<Row[]>(sql, values));
  }
}

function letterView(row: LetterRow): LetterView {
  const time = (value: unknown): string | null => (value instanceof Date ? value.toISOString() : null);
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    id: String(row.id),
    state: String(row.state),
    result: text(row.result),
    cause: String(row.code),
    text: text(row.text),
    held: row.held === true,
    group: String(row.consumer_group),
    topic: String(row.source_topic),
    partition: Number(row.source_partition),
    offset: String(row.source_offset),
    sequence: String(row.sequence),
    eventType: text(row.event_type),
    messageId: String(row.message_id),
    eventId: String(row.event_id),
    attempts: row.attempts === null ? null : Number(row.attempts),
    firstFailureAt: time(row.first_failure_at),
    deadAt: time(row.dead_at) ?? '',
    closedAt: time(row.closed_at),
    money: typeof row.minor === 'string' ? amountView(row.minor, String(row.currency)) : null,
    parkedBehind: Number(row.parked_behind),
  };
}
