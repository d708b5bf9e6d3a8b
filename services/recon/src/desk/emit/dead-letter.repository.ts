import { Injectable } from '@nestjs/common';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import type { PayloadCipher } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import type { ErpReference } from '@tributary/connector-kit';
import type { CauseView, LetterAudit, LettersPage, LetterView, ParkedView } from '@tributary/contracts';
import { amountView, optionalAmount } from '../../shared/decide/amount-view.js';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { Neighbours, PageRequest } from '../../shared/decide/keyset-page.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import { questionOf } from '../decide/question.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { deadLetterCondition, visibleTopic, visibleTopics } from './dead-letter-filter.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';
import { letterTexts, shownText } from '../../shared/emit/view-payloads.js';
import { openedMessage } from './letter-payloads.js';
import type { StoredMessage } from './letter-payloads.js';
import { causesSql } from './cause-sql.js';
import { parkedCursor, parkedPlace, parkedSql } from './parked-page.js';
import { stillParked } from './parked-sql.js';

/** A dead letter with its bytes, as it is stored. */
export interface StoredLetter {
  readonly view: LetterView;
  readonly key: string;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Why key, value and headers cannot be decrypted, as a sentence. */
  readonly problem: string | undefined;
  readonly deadLetterTopic: string;
  readonly audit: readonly LetterAudit[];
}

/** A row of the tables of dead letters. */
export interface LetterRow {
  readonly [column: string]: unknown;
}

/** SQL that joins to a letter `l` the later messages `p` of its sequence that are still parked. */
export const behindLetter = `l.state <> 'closed' and p.consumer_group = l.consumer_group and p.source_topic = l.source_topic
    and p.source_partition = l.source_partition and p.sequence = l.sequence and p.source_offset > l.source_offset and ${stillParked}`;
/** SQL column: how many later messages of the sequence of a letter `l` are still parked. */
export const parkedBehind = `(select count(*) from recon.parked p where ${behindLetter})::int as parked_behind`;

/** SQL over the letters `b` of the same message that came before a letter `l`. Where the place of a message is not known, nothing is. */
const earlierLetters = `from recon.dead_letter b where b.consumer_group = l.consumer_group and b.source_topic = l.source_topic
  and b.source_partition = l.source_partition and b.source_offset = l.source_offset and b.source_offset >= 0 and b.dead_at < l.dead_at and b.id is not null`;
/** SQL: how often the message of a letter `l` was dead-lettered before. */
export const replaysOfLetter = `(select count(*) ${earlierLetters})::int`;

const columns = `l.id, l.state, l.result, l.code, l.text, l.held, l.consumer_group, l.source_topic, l.source_partition, l.source_offset::text as source_offset,
  l.sequence, l.event_type, l.message_id, l.event_id, l.attempts, l.first_failure_at, l.dead_at, l.closed_at, l.minor::text as minor, l.currency, ${parkedBehind}, ${replaysOfLetter} as replays,
  (select b.id ${earlierLetters} order by b.dead_at desc, b.id limit 1) as previous,
  (select json_build_object('subject', a.subject, 'name', a.name) from recon.dead_letter_assignment a where a.letter_id = l.id) as assignee`;

/** What a question is read from; only held letters ask one. */
const asked = `case when l.held then l.headers end as headers`;

/** Reads dead letters. */
@Injectable()
export class DeadLetterRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** Open letters by cause, the cause with the most letters first: sorting by money would need a single currency. */
  async causes(visible: VisibleTargets = '*'): Promise<CauseView[]> {
    const rows = await this.query<LetterRow>(causesSql, [visibleTopics(visible)]);
    const cipher = payloadsOf(this.dataSource);
    return rows.map((row) => causeView({ ...row, example: shownError(cipher, row.example_of, row.example) }));
  }

  /** Messages that are still parked behind a failed one, oldest first. */
  async parked(page: PageRequest, visible: VisibleTargets = '*'): Promise<{ parked: ParkedView[] } & Neighbours> {
    const start = pageStart(page, 'asc');
    const place = start.cursor === undefined ? [null, null, null, null, null] : parkedPlace(start.cursor);
    const rows = await this.query<LetterRow & { readonly cursor_at: string }>(parkedSql(start), [
      ...place,
      start.rows,
      visibleTopics(visible),
    ]);
    const { rows: shown, ...neighbours } = keysetPage(page, rows, parkedCursor);
    return { parked: shown.map(parkedView), ...neighbours };
  }

  /** Dead letters, oldest first, so that new letters do not shift the pages. A cursor is the id of a letter. */
  async list(filter: DeadLetterFilter, page: PageRequest, visible: VisibleTargets = '*'): Promise<LettersPage> {
    const { sql, values } = deadLetterCondition(filter);
    const start = pageStart(page, 'asc');
    const cursor = `$${values.length + 1}`;
    const topics = `$${values.length + 2}`;
    const rows = await this.query<LetterRow>(
      `select ${columns}, ${asked} from recon.dead_letter l where l.id is not null and ${sql} and ${visibleTopic('l.source_topic', topics)}
         and (${cursor}::text is null or (l.dead_at, l.id) ${start.beyond} (select a.dead_at, a.id from recon.dead_letter a where a.id = ${cursor}))
       order by l.dead_at ${start.order}, l.id ${start.order} limit ${start.rows}`,
      [...values, start.cursor ?? null, visibleTopics(visible)],
    );
    const cipher = payloadsOf(this.dataSource);
    const { rows: shown, ...neighbours } = keysetPage(page, rows, ({ id }) => String(id));
    return { deadLetters: shown.map((row) => letterView(row, cipher)), ...neighbours };
  }

  async find(id: string): Promise<StoredLetter | undefined> {
    const [row] = await this.query<LetterRow & StoredMessage>(
      `select ${columns}, l.original, l.message_key, l.value, l.headers, l.topic from recon.dead_letter l where l.id = $1`,
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
    const message = openedMessage(payloadsOf(this.dataSource), id, row);
    return {
      view: letterView(row, payloadsOf(this.dataSource)),
      key: message.message_key ?? '',
      value: message.value,
      headers: message.headers ?? {},
      problem: message.problem,
      deadLetterTopic: String(row.topic),
      audit: audit.map((one) => ({
        at: isoTime(one.at) ?? '',
        order: one.order_id,
        done: one.done,
        by: one.done_by,
        reason: one.reason,
        before: one.before_digest,
        after: one.after_digest,
      })),
    };
  }

  /** References in the target of the documents of these posting keys, as far as outcomes reported them. */
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

function causeView(row: LetterRow): CauseView {
  const amounts = (value: unknown): CauseView['moneyAtRisk'] =>
    (value as { minor: string; currency: string }[]).map(({ minor, currency }) => amountView(minor, currency));
  return {
    cause: String(row.code),
    group: String(row.consumer_group),
    held: row.held === true,
    count: Number(row.count),
    ordered: Number(row.ordered),
    parkedBehind: Number(row.parked_behind),
    moneyAtRisk: amounts(row.money),
    moneyBehind: amounts(row.money_behind),
    oldestAt: isoTime(row.oldest) ?? '',
    newestAt: isoTime(row.newest) ?? '',
    example: (row.example as string | null) ?? null,
  };
}

/** A message that waits, of a row of `recon.parked` with `offset_text` and `minor_text`. */
export function parkedView(row: LetterRow): ParkedView {
  return {
    group: String(row.consumer_group),
    topic: String(row.source_topic),
    partition: Number(row.source_partition),
    offset: String(row.offset_text),
    sequence: String(row.sequence),
    messageId: String(row.message_id),
    eventId: String(row.event_id),
    behind: String(row.head_code),
    parkedAt: isoTime(row.parked_at) ?? '',
    money: optionalAmount(row.minor_text as string | null, row.currency as string | null),
  };
}

/** The text of a letter's error as it was. */
function shownError(cipher: PayloadCipher, id: unknown, text: unknown): string | null {
  return shownText(cipher, { table: letterTexts, column: 'text' }, [String(id)], typeof text === 'string' ? text : null);
}

function letterView(row: LetterRow, cipher: PayloadCipher): LetterView {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return {
    id: String(row.id),
    state: String(row.state),
    result: text(row.result),
    cause: String(row.code),
    text: shownError(cipher, row.id, row.text),
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
    firstFailureAt: isoTime(row.first_failure_at),
    deadAt: isoTime(row.dead_at) ?? '',
    closedAt: isoTime(row.closed_at),
    money: typeof row.minor === 'string' ? amountView(row.minor, String(row.currency)) : null,
    parkedBehind: Number(row.parked_behind),
    assignee: (row.assignee as LetterView['assignee'] | undefined) ?? null,
    question: row.held === true ? questionIn(row, cipher) : null,
    replays: Number(row.replays),
    previous: text(row.previous),
  };
}

/** The question in the headers of a held letter; null when it asks nothing, or they cannot be decrypted. */
function questionIn(row: LetterRow, cipher: PayloadCipher): LetterView['question'] {
  const headers = (row.headers as StoredMessage['headers'] | undefined) ?? null;
  return (
    questionOf(openedMessage(cipher, String(row.id), { message_key: null, value: null, original: null, headers }).headers ?? {}) ?? null
  );
}
