import { Injectable } from '@nestjs/common';
import type { Standing, TodayTargetView } from '@tributary/contracts';
import { topics } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { stillParked } from '../../desk/emit/parked-sql.js';
import { sumView } from '../../shared/decide/amount-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { postingSums, wroteDocument } from '../../views/emit/posting-sums.js';
import { seenBy } from '../../views/emit/seen-sql.js';
import { stuckEvents } from '../../views/emit/stuck-events.js';
import type { DayRange, DaySum } from '../decide/day-money.js';

/** A day of the company: its date, and its first moment and that of the next day as ISO 8601. */
export interface Day extends DayRange {
  readonly date: string;
}

/** Since when the oldest of each kind waits; null where nothing does. */
export type Oldest = Readonly<Record<'needsPerson' | 'different' | 'missing' | 'parked' | 'stuck' | 'ledgerEffects', string | null>>;

interface TargetRow {
  readonly target: string;
  readonly requested: number;
  readonly documents: number;
  readonly last_at: Date | null;
}

/** Reads what Today shows beside the overview and the causes of dead letters. */
@Injectable()
export class TodayRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** A day in a time zone. @param date `2026-11-21`; undefined: the one that it is there now. */
  async day(timeZone: string, date: string | undefined): Promise<Day> {
    const [row] = await this.query<{ date: string; from: Date; to: Date }>(
      `select date::text, date::timestamp at time zone $1 as from, (date + 1)::timestamp at time zone $1 as to
       from (select coalesce($2::date, (now() at time zone $1)::date) as date) as day`,
      [timeZone, date ?? null],
    );
    return { date: row?.date ?? '', from: isoTime(row?.from ?? null) ?? '', to: isoTime(row?.to ?? null) ?? '' };
  }

  /** Captured charges that were received in a range of time, by currency and standing. Those of an unknown currency are left out. */
  captures({ from, to }: DayRange, visible: VisibleTargets): Promise<DaySum<Standing>[]> {
    const seen = seenBy(visible, 3);
    return this.query(
      `select c.standing as name, c.currency, count(*)::int as count, sum(c.minor)::text as minor from ${seen.kept.captures} c
       where c.received_at >= $1::timestamptz and c.received_at < $2::timestamptz and c.currency is not null group by 1, 2`,
      [from, to, ...seen.values],
    );
  }

  async oldest(visible: VisibleTargets): Promise<Oldest> {
    const seen = seenBy(visible, 1);
    const oldestOf = (condition: string): string =>
      `(select min(f.received_at) from (${seen.kept.firstOf(condition, 'order by c.received_at limit 1')}) f)`;
    const [row] = await this.query<Record<keyof Oldest, Date | null>>(
      `select
         ${oldestOf(`c.standing = 'needsPerson'`)} as "needsPerson",
         ${oldestOf(`c.reconciliation = 'different'`)} as different,
         ${oldestOf(`c.reconciliation = 'missing'`)} as missing,
         (select min(parked_at) from recon.parked p where ${stillParked} and ${seen.topic('source_topic')}) as parked,
         (select min(first_received_at) from ${seen.keptEvents} e where ${stuckEvents}) as stuck,
         (select min(checked_at) from recon.ledger_effect where state in ('different', 'missing') and ${seen.target('target')}) as "ledgerEffects"`,
      [...seen.values],
    );
    return Object.fromEntries(Object.entries(row ?? {}).map(([what, at]) => [what, isoTime(at)])) as unknown as Oldest;
  }

  /** Orders that wait for a second person, of those targets alone that may be seen. */
  async approvals(visible: VisibleTargets): Promise<{ readonly count: number; readonly oldestAt: string | null }> {
    const [row] = await this.query<{ count: number; oldest: Date | null }>(
      `select count(*)::int as count, min(ordered_at) as oldest from recon.dead_letter_order
       where state = 'waiting-approval' and ($1::text[] is null or targets <@ $1)`,
      [visible === '*' ? null : visible],
    );
    return { count: row?.count ?? 0, oldestAt: isoTime(row?.oldest ?? null) };
  }

  /** Conditions that were told of and that nobody acknowledged, as their list shows them. */
  async notifications(visible: VisibleTargets): Promise<{ readonly count: number; readonly oldestAt: string | null }> {
    const [row] = await this.query<{ count: number; oldest: Date | null }>(
      `select count(*)::int as count, min(fired_at) as oldest from recon.notification
       where fired_at is not null and cleared_at is null and acknowledged_at is null and ($1::text[] is null or target = any($1))`,
      [visible === '*' ? null : visible],
    );
    return { count: row?.count ?? 0, oldestAt: isoTime(row?.oldest ?? null) };
  }

  /** @param configured targets that are shown although nothing was asked of them yet. */
  async targets(configured: readonly string[], visible: VisibleTargets): Promise<TodayTargetView[]> {
    const seen = seenBy(visible, 1);
    const postings = await this.query<TargetRow>(
      `select s.target, s.requested, s.documents, (select max(q.concluded_at) from recon.posting q where q.target = s.target and ${wroteDocument}) as last_at
       from (select target, sum(requested)::int as requested, sum(documents)::int as documents from ${postingSums(seen.target('target'))} q
         group by target having sum(postings) <> 0) s`,
      [...seen.values],
    );
    const letters = await this.query<{ topic: string; currency: string | null; count: number; minor: string | null }>(
      `select source_topic as topic, currency, count(*)::int as count, sum(minor)::text as minor from recon.dead_letter
       where state <> 'closed' and id is not null and ${seen.topic('source_topic')} group by 1, 2`,
      [...seen.values],
    );
    const names = [...new Set([...configured, ...postings.map(({ target }) => target)])].sort();
    return names.map((target) => {
      const found = postings.find((row) => row.target === target);
      const topic = topics.postings(target);
      const path = (list: string, query: Readonly<Record<string, string>>): string => `${list}?${new URLSearchParams(query).toString()}`;
      return {
        target,
        requested: { count: found?.requested ?? 0, list: path('/postings', { target }) },
        documents: { count: found?.documents ?? 0, list: path('/postings', { target, written: 'documents' }) },
        letters: {
          ...sumView(letters.filter((row) => row.topic === topic)),
          list: path('/dead-letters', { state: 'notClosed', topic }),
        },
        lastWrittenAt: isoTime(found?.last_at ?? null),
      };
    });
  }

  private query<Row>(sql: string, values: unknown[]): Promise<Row[]> {
    return withDatabase('reading what today is like', () => this.dataSource.query<Row[]>(sql, values));
  }
}
