import { Injectable } from '@nestjs/common';
import type { LetterTotalsView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { sumView } from '../../shared/decide/amount-view.js';
import { isoTime } from '../../shared/decide/storable-text.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { deadLetterCondition, visibleTopic, visibleTopics } from './dead-letter-filter.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';
import { behindLetter } from './dead-letter.repository.js';

interface Row {
  readonly currency: string | null;
  readonly count: number;
  readonly minor: string | null;
  readonly oldest: Date | null;
  readonly sequences: number;
  readonly behind: number;
}

/** Counts and sums dead letters. */
@Injectable()
export class LetterTotals {
  constructor(private readonly dataSource: DataSource) {}

  /** How many letters a filter selects, of how many sequences, their money per currency, and what is parked behind them. */
  async of(filter: DeadLetterFilter, visible: VisibleTargets): Promise<LetterTotalsView> {
    const { sql, values } = deadLetterCondition(filter);
    const rows = await withDatabase('summing dead letters', () =>
      this.dataSource.query<Row[]>(
        `with chosen as materialized (
           select l.* from recon.dead_letter l where l.id is not null and ${sql} and ${visibleTopic('l.source_topic', `$${values.length + 1}`)})
         select c.currency, count(*)::int as count, sum(c.minor)::text as minor, (select min(dead_at) from chosen) as oldest,
           (select count(distinct (consumer_group, source_topic, source_partition, sequence)) from chosen)::int as sequences,
           (select count(*)::int from recon.parked p where exists (select from chosen l where ${behindLetter})) as behind
         from chosen c group by c.currency`,
        [...values, visibleTopics(visible)],
      ),
    );
    const [first] = rows;
    const counts = { sequences: first?.sequences ?? 0, parkedBehind: first?.behind ?? 0, oldestAt: isoTime(first?.oldest ?? null) };
    return { ...sumView(rows), ...counts };
  }
}
