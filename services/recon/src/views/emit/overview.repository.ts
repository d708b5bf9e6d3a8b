import type { OpenItem, Overview, ReconciliationState, Standing, SumView, Written } from '@tributary/contracts';
import { Injectable } from '@nestjs/common';
import { withDatabase } from '@tributary/persistence';
import { DataSource } from 'typeorm';
import { sumView } from '../../shared/decide/amount-view.js';
import type { Summand } from '../../shared/decide/amount-view.js';
import { openItems } from '../decide/open-items.js';
import { paymentSums } from './payment-totals.js';
import type { PaymentSumRow as SumRow } from './payment-totals.js';
import { parkedMoney } from '../../desk/emit/parked-sql.js';
import { postingSums } from './posting-sums.js';
import { seenBy } from './seen-sql.js';
import type { Seen } from './seen-sql.js';
import { stuckEvents } from './stuck-events.js';
import type { VisibleTargets } from '../../shared/decide/visible-targets.js';

const standings: readonly Standing[] = ['inLedger', 'onItsWay', 'needsPerson', 'notBooked', 'failedAtStripe'];
const reconciliationStates: readonly ReconciliationState[] = ['matched', 'missing', 'different', 'pending'];

/** Reads the figures of the overview. Every figure is the count of a list of this API, with its sum per currency. */
@Injectable()
export class OverviewRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** All counts and sums, read at one point in time. */
  async overview(visible: VisibleTargets = '*'): Promise<Overview> {
    const seen = seenBy(visible, 1);
    const [standing, reconciliation, letters, parked, stuck, effects, written] = await Promise.all([
      this.payments('standing', visible),
      this.payments('reconciliation', visible),
      this.sums(
        `select 'deadLetters' as name, currency, count(*), sum(minor)::text as minor from recon.dead_letter where state <> 'closed' and id is not null and ${seen.topic('source_topic')} group by 1, 2`,
        seen,
      ),
      this.sums(
        `select 'parked' as name, currency, count(*), sum(minor)::text as minor from (${parkedMoney(seen.topic('p.source_topic'))}) as parked group by 1, 2`,
        seen,
      ),
      this.sums(
        `select 'stuck' as name, raw_currency as currency, count(*), sum(raw_minor)::text as minor from ${seen.keptEvents} e where ${stuckEvents} group by 1, 2`,
        seen,
      ),
      this.sums(
        `select 'ledgerEffects' as name, null as currency, count(*), null as minor from recon.ledger_effect where state in ('different', 'missing') and ${seen.target('target')}`,
        seen,
      ),
      this.written(seen),
    ]);
    const byStanding = byName(standings, standing);
    const byReconciliation = byName(reconciliationStates, reconciliation);
    const deadLetters = sumView(letters.map(summand));
    const waitingBehind = sumView(parked.map(summand));
    const open: OpenItem[] = openItems({
      needsPerson: byStanding.needsPerson,
      different: byReconciliation.different,
      missing: byReconciliation.missing,
      deadLetters,
      parked: waitingBehind,
      stuck: sumView(stuck.map(summand)),
      ledgerEffects: sumView(effects.map(summand)),
    });
    return {
      asOf: new Date().toISOString(),
      allClear: open.length === 0,
      open,
      standings: byStanding,
      reconciliation: byReconciliation,
      moneyAtRisk: { ...deadLetters, waitingBehind },
      written,
    };
  }

  /** Number of comparisons in each state. */
  async reconciliationSummary(visible: VisibleTargets = '*'): Promise<Record<ReconciliationState, number>> {
    return reconciliationCounts({ reconciliation: byName(reconciliationStates, await this.payments('reconciliation', visible)) });
  }

  /** How long the oldest payment that is on its way has waited, in seconds (0: none), and how many orders wait for a second person. */
  async waits(): Promise<{ readonly oldestUnpostedS: number; readonly ordersForApproval: number }> {
    const [row] = await withDatabase('reading what waits', () =>
      this.dataSource.query<{ oldest: string | null; orders: string }[]>(
        `select (select extract(epoch from now() - min(received_at)) from recon.capture where standing = 'onItsWay')::text as oldest,
           (select count(*) from recon.dead_letter_order where state = 'waiting-approval') as orders`,
      ),
    );
    return { oldestUnpostedS: Math.max(0, Number(row?.oldest ?? 0)), ordersForApproval: Number(row?.orders ?? 0) };
  }

  /** Documents and metadata that were written, by target. A document that was changed several times counts once. */
  private async written(seen: Seen): Promise<Record<string, Written>> {
    const rows = await withDatabase('counting what was written', () =>
      this.dataSource.query<{ target: string; documents: string; metadata: string }[]>(
        `select target, sum(documents) as documents, sum(metadata) as metadata from ${postingSums(seen.target('target'))} q
         group by target having sum(documents) <> 0 or sum(metadata) <> 0 order by target`,
        [...seen.values],
      ),
    );
    return Object.fromEntries(
      rows.map(({ target, documents, metadata }) => [target, { documents: Number(documents), metadata: Number(metadata) }]),
    );
  }

  private payments(by: 'standing' | 'reconciliation', visible: VisibleTargets): Promise<SumRow[]> {
    return withDatabase('reading the overview', () => paymentSums((sql, values) => this.dataSource.query(sql, values), by, visible));
  }

  private sums(sql: string, { values }: Seen): Promise<SumRow[]> {
    return withDatabase('reading the overview', () => this.dataSource.query<SumRow[]>(sql, [...values]));
  }
}

/** The counts of the comparisons of an overview, without the sums. */
export function reconciliationCounts({ reconciliation }: Pick<Overview, 'reconciliation'>): Record<ReconciliationState, number> {
  const { matched, missing, different, pending } = reconciliation;
  return { matched: matched.count, missing: missing.count, different: different.count, pending: pending.count };
}

function summand({ count, minor, currency }: SumRow): Summand {
  return { count: Number(count), minor, currency };
}

function byName<Name extends string>(names: readonly Name[], rows: readonly SumRow[]): Record<Name, SumView> {
  return Object.fromEntries(names.map((name) => [name, sumView(rows.filter((row) => row.name === name).map(summand))])) as Record<
    Name,
    SumView
  >;
}
