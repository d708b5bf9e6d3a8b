import { Injectable } from '@nestjs/common';
import type { SumView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { sumView } from '../../shared/decide/amount-view.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { deadLetterCondition, visibleTopic, visibleTopics } from './dead-letter-filter.js';
import type { DeadLetterFilter } from './dead-letter-filter.js';

/** Sums dead letters. */
@Injectable()
export class LetterTotals {
  constructor(private readonly dataSource: DataSource) {}

  /** How many letters a filter selects, and their money per currency. */
  async of(filter: DeadLetterFilter, visible: VisibleTargets): Promise<SumView> {
    const { sql, values } = deadLetterCondition(filter);
    const rows = await withDatabase('summing dead letters', () =>
      this.dataSource.query<{ currency: string | null; count: number; minor: string | null }[]>(
        `select l.currency, count(*)::int as count, sum(l.minor)::text as minor from recon.dead_letter l
         where l.id is not null and ${sql} and ${visibleTopic('l.source_topic', `$${values.length + 1}`)} group by 1`,
        [...values, visibleTopics(visible)],
      ),
    );
    return sumView(rows);
  }
}
