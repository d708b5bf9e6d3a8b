import { Injectable } from '@nestjs/common';
import type { TargetOutcomesView } from '@tributary/contracts';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { documentResults, sqlList } from '../../shared/decide/results.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';
import { hourlyOutcomes } from '../decide/hourly-outcomes.js';
import type { OutcomeCount } from '../decide/hourly-outcomes.js';

/** Reads what became of the postings of targets, hour by hour. */
@Injectable()
export class TargetOutcomesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** @param until the hour of this time is the last one. @param hours how many. */
  async hourly(until: Date, hours: number, visible: VisibleTargets): Promise<TargetOutcomesView> {
    const counts = await withDatabase('reading the outcomes of targets', () =>
      this.dataSource.query<OutcomeCount[]>(
        `select split_part(posting_key, '/', 1) as target, date_trunc('hour', concluded_at at time zone 'UTC') at time zone 'UTC' as hour,
           count(*) filter (where result in (${sqlList(documentResults)}))::int as written,
           count(*) filter (where result in ('rejected', 'held'))::int as failed
         from recon.outcome
         where concluded_at >= date_trunc('hour', $1::timestamptz at time zone 'UTC') at time zone 'UTC' - ($2::int - 1) * interval '1 hour'
           and concluded_at < date_trunc('hour', $1::timestamptz at time zone 'UTC') at time zone 'UTC' + interval '1 hour'
           and ($3::text[] is null or split_part(posting_key, '/', 1) = any($3))
         group by 1, 2`,
        [until.toISOString(), hours, visible === '*' ? null : visible],
      ),
    );
    return hourlyOutcomes(until, hours, counts);
  }
}
