import { Injectable } from '@nestjs/common';
import type { DocumentComparison, DocumentComparisons, LedgerEffectState } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { keysetPage, pageStart } from '../../shared/decide/keyset-page.js';
import type { KeysetPage, PageRequest } from '../../shared/decide/keyset-page.js';
import { targetsParameter } from '../../shared/decide/visible-targets.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { isoTime } from '../../shared/decide/storable-text.js';

/** Which comparisons are listed: those in one state, or all that an operator has to check. */
export interface ComparisonFilter {
  readonly state?: LedgerEffectState | 'open' | undefined;
  readonly target?: string | undefined;
  /** Targets whose documents are listed and counted; default: all. */
  readonly visible?: VisibleTargets;
}

interface ComparisonRow {
  readonly posting_key: string;
  readonly target: string;
  readonly kind: string;
  readonly state: LedgerEffectState;
  readonly text: string | null;
  readonly checked_at: Date | null;
  readonly cursor_at: string;
  readonly charge_id: string | null;
  readonly event_id: string;
}

const openStates: readonly LedgerEffectState[] = ['different', 'missing'];
const cursorPattern = /^(\d{1,18})~(.+)$/s;
/** Documents that move no money have no requested effect, so they are in no list. */
const compared = `recon.ledger_effect l join lateral (
  select event_id from recon.document d where d.posting_key = l.posting_key and d.effect <> '[]' order by requested_at desc, request_id limit 1) d on true`;

/** Reads how documents compare with the entries of the ledger. */
@Injectable()
export class DocumentComparisonRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** The newest reading first. */
  async comparisons({ state, target, visible = '*' }: ComparisonFilter, page: PageRequest): Promise<DocumentComparisons> {
    const { rows, next, previous } = await this.page({ state, target, visible }, page);
    return { summary: await this.summary(visible), documents: rows, next, previous };
  }

  /** A page of the list, without its summary. */
  async page({ state, target, visible = '*' }: ComparisonFilter, page: PageRequest): Promise<KeysetPage<DocumentComparison>> {
    const { cursor, beyond, order, rows: limit } = pageStart(page);
    const [, at, key] = cursorPattern.exec(cursor ?? '') ?? [];
    const found = await this.query<ComparisonRow>(
      `select *, (extract(epoch from at) * 1000000)::bigint::text as cursor_at from (
         select l.posting_key, l.target, l.kind, l.state, l.text, l.checked_at, coalesce(l.checked_at, 'epoch') as at, d.event_id, coalesce(
           (select p.charge_id from recon.payment p where p.event_id = d.event_id limit 1),
           (select n.charge_id from recon.payment_news n where n.event_id = d.event_id limit 1)) as charge_id
         from ${compared}
         where ($1::text[] is null or l.state = any($1)) and ($2::text is null or l.target = $2)
           and ($6::text[] is null or l.target = any($6))) as list
       where $3::text is null or (at, posting_key) ${beyond} ('epoch'::timestamptz + $3::bigint * interval '1 microsecond', $4)
       order by at ${order}, posting_key ${order} limit $5`,
      [
        state === undefined ? null : state === 'open' ? openStates : [state],
        target ?? null,
        at ?? null,
        key ?? null,
        limit,
        targetsParameter(visible),
      ],
    );
    const { rows, ...neighbours } = keysetPage(page, found, (row) => `${row.cursor_at}~${row.posting_key}`);
    return { rows: rows.map(comparisonOf), ...neighbours };
  }

  /** Number of documents in each state. */
  private async summary(visible: VisibleTargets): Promise<DocumentComparisons['summary']> {
    const rows = await this.query<{ state: LedgerEffectState; count: string }>(
      `select l.state, count(*) as count from ${compared} where ($1::text[] is null or l.target = any($1)) group by 1`,
      [targetsParameter(visible)],
    );
    const counts = { matched: 0, different: 0, missing: 0, pending: 0, notCompared: 0 };
    for (const { state, count } of rows) counts[state] = Number(count);
    return counts;
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading comparisons of documents', () => this.dataSource.query<Row[]>(sql, values));
  }
}

function comparisonOf(row: ComparisonRow): DocumentComparison {
  return {
    postingKey: row.posting_key,
    target: row.target,
    kind: row.kind,
    state: row.state,
    text: row.text,
    checkedAt: isoTime(row.checked_at),
    chargeId: row.charge_id,
    eventId: row.event_id,
  };
}
