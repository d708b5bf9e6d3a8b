import type { DocumentView, PaymentDetail, PaymentsPage, ReconciliationItem, SumView } from '@tributary/contracts';
import { events } from '@tributary/contracts';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { payloadsOf, withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { optionalAmount } from '../../shared/decide/amount-view.js';
import { resultsByProgress, sqlList } from '../../shared/decide/results.js';
import { documentLink } from '../decide/document-links.js';
import type { DocumentLinks } from '../decide/document-links.js';
import { postingRule } from '../decide/posting-rule.js';
import { documentNumber } from '../decide/document-number.js';
import { documentView } from '../decide/document-view.js';
import type { DocumentRow } from '../decide/document-view.js';
import { paymentView, settlementView } from '../decide/payment-view.js';
import type { PaymentRow } from '../decide/payment-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import {
  letterTexts,
  newsTexts,
  outcomePayloads,
  paymentPayloads,
  postingPayloads,
  shownLines,
  shownText,
} from '../../shared/emit/view-payloads.js';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { KeysetPage, PageRequest } from '../../shared/decide/keyset-page.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { asksLedgers, paymentCondition } from './payment-filter.js';
import type { PaymentFilter } from './payment-filter.js';
import { keptCaptures } from './kept-captures.js';
import { paymentTotals } from './payment-totals.js';
import { seenBy } from './seen-sql.js';
import type { Seen } from './seen-sql.js';
import { readStory, storedLines } from './payment-story.js';
import { LOADED_RULES } from './loaded-rules.js';
import type { RulesSource } from './loaded-rules.js';
import type { ChargeRead } from './payment-story.js';
import { LEDGER_CONNECTORS } from '../../reconciliation/emit/ledger-connectors.js';
import type { LedgerConnectors } from '../../reconciliation/emit/ledger-connectors.js';
import { traceSteps } from '../decide/trace.js';
import type { TraceInput } from '../decide/trace.js';

const columns = `
  c.id, c.charge_id, c.part, p.payment_id, c.event_id, p.customer_id, p.customer_name, c.minor::text, c.currency, c.received_at,
  r.posting_key is not null as requested, q.result, q.text, q.request_id as text_of, coalesce(r.reference, q.reference) as reference, c.state, e.reason, e.masked,
  c.standing, c.standing_reason, c.reconciliation, c.reconciliation_text, c.reconciliation_basis, c.settlement,
  r.ledger_minor::text, r.ledger_currency, r.posting_key, r.checked_at,
  coalesce((select json_agg(json_build_object('factId', n.fact_id, 'eventId', n.event_id, 'chargeId', n.charge_id, 'kind', n.kind, 'objectId', n.object_id,
      'atMs', (extract(epoch from n.at) * 1000)::float8, 'minor', n.minor::text, 'currency', n.currency, 'status', n.status, 'reason', n.reason,
      'inquiry', n.inquiry)) from recon.payment_news n where n.charge_id = c.charge_id and c.known), '[]') as news`;
// Several events may have requested the same receipt; the request that is furthest along counts.
const tables = (seen: Seen, captures = seen.captures): string => `
  ${captures} c
  left join recon.payment p on c.known and p.charge_id = c.charge_id and p.part = c.part
  left join ${seen.events} e on e.event_id = c.event_id
  left join lateral (
    select * from recon.reconciliation r where c.known and r.charge_id = c.charge_id and r.part = c.part and ${seen.key('r.posting_key')} order by r.posting_key limit 1) r on true
  left join lateral (
    select request_id, result, text, reference from recon.posting q where q.posting_key = r.posting_key
    order by array_position(array[${sqlList(resultsByProgress)}], result) nulls last limit 1) q on true`;

/** Injection token of {@link DocumentLinks}. */
export const DOCUMENT_LINKS = Symbol('DocumentLinks');

/** Reads captured charges: the list, one charge with its steps, and their comparison with the ledger. */
@Injectable()
export class PaymentRepository {
  /** @param connectors know which key of a document is its number. @param links where documents are shown in the ERPs. @param rules as they are loaded now. */
  constructor(
    private readonly dataSource: DataSource,
    @Optional() @Inject(LEDGER_CONNECTORS) private readonly connectors: LedgerConnectors = new Map(),
    @Optional() @Inject(DOCUMENT_LINKS) private readonly links: DocumentLinks = new Map(),
    @Optional() @Inject(LOADED_RULES) private readonly rules?: RulesSource,
  ) {}

  /** Newest first. */
  async payments(filter: PaymentFilter & PageRequest, visible: VisibleTargets = '*'): Promise<PaymentsPage> {
    const { rows, next, previous } = await this.page(filter, visible, false);
    return { payments: rows.map(paymentView), next, previous };
  }

  /** How many payments a filter selects, and their money per currency. */
  async totals(filter: PaymentFilter, visible: VisibleTargets = '*'): Promise<SumView> {
    return paymentTotals((sql, values) => this.query(sql, values), filter, visible);
  }

  /** Comparisons with the ledger, newest payment first. Payments with nothing to compare are left out. */
  async reconciliation(
    filter: PaymentFilter & PageRequest,
    visible: VisibleTargets = '*',
  ): Promise<{ items: ReconciliationItem[]; next: string | null }> {
    const { rows, next } = await this.page(filter, visible, true);
    return { items: rows.map(reconciliationItem), next };
  }

  /** @param id a charge id, a payment id, or the id of an event that could not be read. */
  async detail(id: string, visible: VisibleTargets = '*'): Promise<PaymentDetail | undefined> {
    const seen = seenBy(visible, 2);
    const rows = await this.rows(
      `select ${columns} from ${tables(seen)}
       where c.charge_id in (select $1 union select charge_id from recon.payment where payment_id = $1 union select charge_key from recon.event where event_id = $1)
       order by c.received_at, c.part, c.id limit ${mostCaptures}`,
      [id, ...seen.values],
    );
    const [first] = rows;
    if (!first) return undefined;
    const captures = rows.map(paymentView);
    const [payment] = captures;
    if (!payment) return undefined;
    const eventIds = eventsOf(rows);
    const documents = await this.documents(eventIds, seen);
    const charge = { chargeId: first.charge_id, eventIds, captures, documents, batches: this.batchesOf(documents) };
    const story = await readStory((sql, values) => this.query(sql, values), payloadsOf(this.dataSource), charge, seen);
    const { decisions, ...shown } = story;
    const steps = traceSteps(await this.trace(rows, seen), decisions);
    const [origin] = await this.query<{ account: string | null }>(
      `select account from recon.delivery where event_id = $1 and account <> '' limit 1`,
      [first.event_id],
    );
    return { payment, account: origin?.account ?? null, ...shown, captures, steps, documents: documents.map(({ view }) => view) };
  }

  /** Groups that documents are released with. */
  private batchesOf(documents: ChargeRead['documents']): ChargeRead['batches'] {
    return documents.flatMap(({ target, kind, reference }) => {
      const batchId = reference === null ? undefined : this.connectors.get(target)?.batchIdOf?.(kind, reference);
      return batchId === undefined ? [] : [{ target, batchId }];
    });
  }

  /** Documents that these events requested; of several requests for one document, the newest. */
  private async documents(eventIds: readonly string[], seen: Seen): Promise<ChargeRead['documents']> {
    const rows = await this.query<DocumentRow & { readonly request_id: string; readonly answer_of: string | null }>(
      `select * from (
         select distinct on (d.posting_key) d.request_id, d.posting_key, d.target, d.kind, d.shape, d.flow, d.mapping_version, d.event_id, q.result, q.reference, q.text as answer, q.request_id as answer_of, o.decided, d.lines, d.effect, d.requested_at,
           l.state as ledger_state, l.text as ledger_text, l.entries as ledger_entries, l.checked_at as ledger_checked_at
         from recon.document d
         left join recon.ledger_effect l on l.posting_key = d.posting_key
         left join lateral (
           select request_id, result, reference, text from recon.posting q where q.posting_key = d.posting_key
           order by array_position(array[${sqlList(resultsByProgress)}], result) nulls last limit 1) q on true
         left join lateral (
           select case d.result when 'resolved' then 'posted' else d.result end as decided from recon.dead_letter d
           where d.message_id = q.request_id and d.result in ('skipped', 'resolved') limit 1) o on true
         where d.event_id = any($1) and ${seen.target('d.target')} order by d.posting_key, d.requested_at desc) as document
       order by requested_at, posting_key limit ${mostDocuments}`,
      [eventIds, ...seen.values],
    );
    const cipher = payloadsOf(this.dataSource);
    return rows.map((row) => {
      const shown = { ...row, lines: shownLines(cipher, row.request_id, row.lines) };
      const answer = shownText(cipher, { table: postingPayloads, column: 'text' }, [row.answer_of ?? ''], row.answer ?? null);
      return {
        ...shown,
        answer,
        view: documentView(shown, {
          number: documentNumber(row.reference, this.connectors.get(row.target)),
          link: documentLink(this.links, row),
          rule: ruleOf(row, this.rules),
        }),
      };
    });
  }

  private async trace(rows: readonly ListedRow[], seen: Seen): Promise<TraceInput> {
    const ids = eventsOf(rows);
    const own = new Set(rows.map((row) => row.event_id));
    const query = <T>(sql: string, values = seen.values): Promise<T[]> => this.query<T>(sql, [ids, ...values]);
    return {
      deliveries: await query(
        `select event_id, type, endpoint, partition, "offset"::text, received_at from recon.delivery where event_id = any($1) order by received_at, "offset" limit ${mostSteps}`,
        [],
      ),
      facts: await query(
        `select f.canonical_id, f.event_id, f.type, e.translated_at, f.routed_at, f.ignored_reason from recon.fact f join recon.event e using (event_id)
         where f.event_id = any($1) and (${seen.values.length === 0} or f.type <> '${events.postingConcluded.type}' or exists (
           select from recon.outcome o where o.outcome_id = f.canonical_id and ${seen.key('o.posting_key')})) order by f.canonical_id limit ${mostSteps}`,
      ),
      postings: await query(
        `select request_id, posting_key, target, kind, requested_at from recon.posting where event_id = any($1) and ${seen.target('target')} order by kind desc, request_id limit ${mostSteps}`,
      ),
      outcomes: await this.outcomes(
        `select outcome_id, request_id, posting_key, result, code, text, reference, attempts, concluded_at from recon.outcome where event_id = any($1) and ${seen.key('posting_key')}
         order by concluded_at limit ${mostSteps}`,
        [ids, ...seen.values],
      ),
      deadLetters: await this.letters(
        `select id, topic, partition, "offset"::text, message_id, code, text, dead_at from recon.dead_letter where event_id = any($1) and ${seen.topic('source_topic')} order by dead_at limit ${mostSteps}`,
        [ids, ...seen.values],
      ),
      // News that arrived with its own event already has its webhook among the deliveries above.
      news: rows[0]?.news ?? [],
      masked: rows.filter(({ event_id, masked }) => own.has(event_id) && masked !== null).map(({ masked }) => masked ?? ''),
      readings: rows
        .filter(({ checked_at }) => checked_at !== null)
        .map((row) => ({
          state: row.reconciliation ?? 'pending',
          text: row.reconciliation_text,
          checked_at: row.checked_at,
          reference: row.reference,
        })),
    };
  }

  private async page(
    { limit, after, before, ...filter }: PaymentFilter & PageRequest,
    visible: VisibleTargets,
    comparedOnly: boolean,
  ): Promise<KeysetPage<ListedRow>> {
    const seen = seenBy(visible, 4);
    const page = { limit, after, before };
    const { cursor, beyond, order, rows } = pageStart(page);
    const [time, id] = cursor === undefined ? [] : [cursor.slice(0, cursor.indexOf('~')), cursor.slice(cursor.indexOf('~') + 1)];
    const { sql, values } = paymentCondition(filter, seen, 4 + seen.values.length);
    const condition = `${sql} and ($1::timestamptz is null or (c.received_at, c.id) ${beyond} ($1, $2)) ${comparedOnly ? 'and c.reconciliation is not null' : ''}`;
    const { firstOf } = comparedOnly || asksLedgers(filter) ? seen.kept : keptCaptures('*', 0);
    const ending = `order by received_at ${order}, id ${order} limit $3`;
    const found = await this.rows(
      `with page as materialized (select id from (${firstOf(condition, ending)}) first ${ending})
       select ${columns} from ${tables(seen, seen.capturesIn('(select * from recon.capture where id in (select id from page))'))} order by c.received_at ${order}, c.id ${order}`,
      [time ?? null, id ?? null, rows, ...seen.values, ...values],
    );
    return keysetPage(page, found, (row) => `${isoTime(row.received_at)}~${row.id}`);
  }

  /** Captured charges with the name and the answer as they were. */
  private async rows(sql: string, values: unknown[]): Promise<ListedRow[]> {
    const cipher = payloadsOf(this.dataSource);
    return (await this.query<ListedRow>(sql, values)).map((row) => ({
      ...row,
      customer_name: shownText(cipher, { table: paymentPayloads, column: 'customer_name' }, [row.charge_id, row.part], row.customer_name),
      text: shownText(cipher, { table: postingPayloads, column: 'text' }, [row.text_of ?? ''], row.text),
      news: row.news.map((one) => ({
        ...one,
        reason: shownText(cipher, { table: newsTexts, column: 'reason' }, [one.factId], one.reason),
      })),
    }));
  }

  private async outcomes(sql: string, values: unknown[]): Promise<TraceInput['outcomes']> {
    const cipher = payloadsOf(this.dataSource);
    const rows = await this.query<TraceInput['outcomes'][number] & { readonly outcome_id: string }>(sql, values);
    const column = { table: outcomePayloads, column: 'text' };
    return rows.map((row) => ({ ...row, text: shownText(cipher, column, [row.outcome_id], row.text) }));
  }

  private async letters(sql: string, values: unknown[]): Promise<TraceInput['deadLetters']> {
    const cipher = payloadsOf(this.dataSource);
    const rows = await this.query<TraceInput['deadLetters'][number] & { readonly id: string | null }>(sql, values);
    // A letter of the first version has no id, and a text that is not encrypted.
    return rows.map((row) => ({ ...row, text: shownText(cipher, { table: letterTexts, column: 'text' }, [row.id ?? ''], row.text) }));
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading payments', () => this.dataSource.query<Row[]>(sql, values));
  }
}

/** The rule of a document, where its version was recorded and the rules are told. */
function ruleOf(
  { flow, mapping_version, shape = '', target, kind, effect }: DocumentRow,
  rules: RulesSource | undefined,
): DocumentView['rule'] {
  if (!flow || !mapping_version || !rules) return null;
  return postingRule({ flow, mappingVersion: mapping_version, target, kind, shape, effect: storedLines(effect) }, rules());
}

/** Largest number of steps of each kind on one page. */
const mostSteps = 1_000;
const mostCaptures = 500;
const mostDocuments = 200;

/** Events that reported the captures of a charge, and those that reported news about it. */
function eventsOf(rows: readonly ListedRow[]): string[] {
  return [...new Set(rows.flatMap((row) => [row.event_id, ...row.news.map(({ eventId }) => eventId)]))];
}

interface ListedRow extends PaymentRow {
  /** Request whose answer `text` is. */
  readonly text_of: string | null;
  readonly posting_key: string | null;
  readonly checked_at: Date | null;
}

function reconciliationItem(row: ListedRow): ReconciliationItem {
  return {
    chargeId: row.charge_id,
    part: row.part || null,
    postingKey: row.posting_key,
    state: row.reconciliation ?? 'pending',
    basis: row.reconciliation_basis,
    text: row.reconciliation_text,
    stripe: optionalAmount(row.minor, row.currency),
    settlement: settlementView(row.settlement),
    target: optionalAmount(row.ledger_minor, row.ledger_currency),
    checkedAt: isoTime(row.checked_at),
    reference: row.reference,
  };
}
